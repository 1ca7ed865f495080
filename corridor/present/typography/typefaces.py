"""Which typefaces documents and static maps are set in, what they can write, and how wide a text comes out.

Source Sans first; DejaVu Sans for the scripts it lacks (Armenian, Persian, Georgian; Cyrillic in italics). Both come
from packages, so that the same text has the same width on every machine. Texts are shaped by HarfBuzz, as browsers and
typst shape them: letters of a joined script have the width of the form they take beside their neighbours.
"""

import base64
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path

import font_source_sans_pro
import matplotlib
import uharfbuzz
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SANS, OTHER_SCRIPTS = "Source Sans Pro", "DejaVu Sans"
_SANS_FOLDER = Path(font_source_sans_pro.font_directory)
_OTHERS_FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
#: The files to try by weight (400, 600) and whether italic; DejaVu has no slanted Persian, which is set upright.
FILES: dict[tuple[int, bool], tuple[Path, ...]] = {
    (400, False): (_SANS_FOLDER / "SourceSansPro-Regular.ttf", _OTHERS_FOLDER / "DejaVuSans.ttf"),
    (400, True): (
        _SANS_FOLDER / "SourceSansPro-It.ttf",
        _OTHERS_FOLDER / "DejaVuSans-Oblique.ttf",
        _OTHERS_FOLDER / "DejaVuSans.ttf",
    ),
    (600, False): (_SANS_FOLDER / "SourceSansPro-Semibold.ttf", _OTHERS_FOLDER / "DejaVuSans-Bold.ttf"),
    (600, True): (
        _SANS_FOLDER / "SourceSansPro-SemiboldIt.ttf",
        _OTHERS_FOLDER / "DejaVuSans-BoldOblique.ttf",
        _OTHERS_FOLDER / "DejaVuSans-Bold.ttf",
    ),
}
#: Stands for a character that none of the typefaces can write, so that nothing is dropped silently.
NOT_WRITABLE = "\N{WHITE SQUARE}"
#: Heights of Source Sans as shares of the size: a capital, and how far a p reaches below its line.
CAPITAL, BELOW = 0.66, 0.21
#: Joiners belong to Persian spelling; other signs without a shape of their own could turn a line of text about.
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
#: Scripts of these typefaces whose letters are joined (ISO 15924); browsers do not space them apart.
_JOINED = {"Arab", "Nkoo"}
#: Ligatures and alternates a browser may choose are off, as static maps ask for; those a script requires stay.
_PLAIN = {"liga": False, "clig": False, "calt": False}


@dataclass(frozen=True, eq=False)
class Face:
    """One font file: its family and slant, the code points it can write, and what HarfBuzz shapes with it."""

    path: Path
    family: str
    italic: bool
    signs: frozenset[int]
    font: uharfbuzz.Font

    def has(self, sign: str) -> bool:
        """Return whether the face can write a character."""
        return ord(sign) in self.signs

    def advances(self, signs: str, *, kerned: bool = True) -> list[float]:
        """Return the width of every character of a run it can write, beside its neighbours, as shares of the size.

        Characters that are drawn as one share its width. A pair that is kerned counts with its first character.
        """
        features = _PLAIN if kerned else _PLAIN | {"kern": False}
        return [wide for run in _by_script(signs) for wide in self._shaped(run, features)]

    def _shaped(self, run: str, features: dict[str, bool]) -> list[float]:
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_codepoints([ord(sign) for sign in run])
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer, features)
        wide: dict[int, int] = {}
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            wide[glyph.cluster] = wide.get(glyph.cluster, 0) + place.x_advance
        begins = sorted(wide)
        em, advances = self.font.face.upem, []
        for begin, end in zip(begins, [*begins[1:], len(run)], strict=True):
            advances += [wide[begin] / em / (end - begin)] * (end - begin)
        return advances


def _by_script(signs: str) -> Iterator[str]:
    """Split a run where its script changes, which HarfBuzz takes as given; what has no script goes with the rest."""
    begin, script = 0, None
    for position, sign in enumerate(signs):
        own = _script(sign)
        if own and script and own != script:
            yield signs[begin:position]
            begin = position
        script = own or script
    yield signs[begin:]


@lru_cache(maxsize=4096)
def _script(sign: str) -> str | None:
    """Return the ISO 15924 code of a character's script; None for a character of several scripts or of none."""
    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([ord(sign)])
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    return script


@cache
def faces(weight: int, italic: bool) -> tuple[Face, ...]:
    """Return the faces of a weight (400 or 600) and slant in the order in which they are tried."""
    return tuple(_read(path) for path in FILES[weight, italic])


@cache
def _read(path: Path) -> Face:
    letters = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    font = uharfbuzz.Font(letters)
    family = SANS if path.parent == _SANS_FOLDER else OTHER_SCRIPTS
    italic = bool(font.get_style_value(uharfbuzz.StyleTag.ITALIC))
    return Face(path, family, italic, frozenset(letters.unicodes), font)


def writable(text: str) -> str:
    """Return a text on one line as it can be set: a white square stands for what no typeface can write.

    White space of any kind becomes a space; signs that have no shape (control characters, marks that turn the
    direction of a line) are left out.
    """
    line = " ".join(text.split())
    if _plain() >= set(line) and unicodedata.is_normalized("NFC", line):
        return line
    return _made_writable(text)


@cache
def _plain() -> frozenset[str]:
    """Return the characters that are set as they stand, alone and beside each other: those of nearly every text."""
    signs = {chr(sign) for face in faces(400, False) for sign in face.signs}
    return frozenset(s for s in signs if s == " " or not (s.isspace() or unicodedata.category(s) in ("Cc", "Cf")))


def _made_writable(text: str) -> str:
    known = faces(400, False)
    spaced = (" " if sign.isspace() else sign for sign in text)
    shaped = "".join(s for s in spaced if s in JOINERS or unicodedata.category(s) not in ("Cc", "Cf"))
    line = unicodedata.normalize("NFC", " ".join(shaped.split()))
    return "".join(s if any(face.has(s) for face in known) else NOT_WRITABLE for s in line)


def face_runs(text: str, weight: int = 400, italic: bool = False) -> Iterator[tuple[Face, str]]:
    """Split a writable text where its face changes; raise ValueError for a character no face has."""
    choice = faces(weight, italic)

    def face_of(sign: str) -> Face:
        for face in choice:
            if face.has(sign):
                return face
        raise ValueError(f"No typeface has the character U+{ord(sign):04X}; `writable` was not asked.")

    for face, signs in groupby(text, face_of):
        yield face, "".join(signs)


@lru_cache(maxsize=4096)
def advances(text: str, weight: int = 400, italic: bool = False) -> tuple[float, ...]:
    """Return the width of every character of a writable text, shaped beside its neighbours, as shares of the size."""
    return tuple(wide for face, signs in face_runs(text, weight, italic) for wide in face.advances(signs))


def width(text: str, size: float, weight: int = 400, italic: bool = False, spacing: float = 0.0) -> float:
    """Return how wide a writable text is at a size and letter spacing, in the unit of both."""
    wide = size * sum(advances(text, weight, italic))
    return wide + spacing * _gaps(text) if spacing else wide


def _gaps(text: str) -> int:
    """Return how many gaps letter spacing widens at most; in mixed scripts a browser may leave out a few of them."""
    return sum(sign not in JOINERS and _script(sign) not in _JOINED for sign in text[:-1])


def shortened(text: str, room: float, size: float, weight: int = 400) -> str:
    """Return a writable text cut with an ellipsis so that it is at most `room` wide at a size."""
    if width(text, size, weight) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, weight) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def carried(texts: Iterable[tuple[str, int, bool]]) -> str:
    """Return @font-face rules with the letters that `texts` need: writable text, weight, italic."""
    needed: dict[tuple[Path, int], set[str]] = {}
    for text, weight, italic in texts:
        for face, signs in face_runs(text, weight, italic):
            needed.setdefault((face.path, weight), set()).update(signs)
    return "".join(_rule(path, weight, "".join(sorted(signs))) for (path, weight), signs in sorted(needed.items()))


@lru_cache(maxsize=64)
def _rule(path: Path, weight: int, signs: str) -> str:
    face = _read(path)
    font = TTFont(path, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += ["FFTM"]  # when the font was made, of which the subsetter would only warn
    subsetter = Subsetter(options)
    subsetter.populate(text=signs)
    subsetter.subset(font)
    font.flavor = "woff"
    written = BytesIO()
    font.save(written, reorderTables=False)
    letters = base64.b64encode(written.getvalue()).decode()
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{weight};font-style:{style};'
        f"src:url(data:font/woff;base64,{letters})}}"
    )


def wrapped(text: str, room: float, size: float, weight: int = 400) -> list[str]:
    """Return a writable text in lines at most `room` wide; a word that is wider is cut where the line ends."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, size, weight) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        while width(word, size, weight) > room and len(word) > 1:
            ends = range(len(word) - 1, 0, -1)
            fits = next((end for end in ends if width(word[:end], size, weight) <= room), 1)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines
