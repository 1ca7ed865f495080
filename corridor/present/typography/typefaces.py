"""Which typefaces documents and static maps are set in, what they can write, and how wide a text comes out.

Source Sans first; DejaVu Sans for the scripts it lacks (Armenian, Persian, Georgian; Cyrillic in italics). Both come
from packages, so that the same text has the same width on every machine.
"""

import base64
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib
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
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, eq=False)
class Face:
    """One font file: its family and slant, and advances and kerning in units of the em."""

    path: Path
    family: str
    italic: bool
    glyphs: dict[int, str]
    advances: dict[str, float]
    kerning: tuple[Any, ...]
    em: float

    def advance(self, sign: str) -> float:
        """Return the width of a character as a share of the size."""
        return self.advances[self.glyphs[ord(sign)]] / self.em

    def kern(self, left: str, right: str) -> float:
        """Return by how much two neighbours are moved together (negative) or apart, as a share of the size."""
        first, second = self.glyphs[ord(left)], self.glyphs[ord(right)]
        for table in self.kerning:
            if first not in table.Coverage.glyphs:
                continue
            if table.Format == 1:
                row = table.PairSet[table.Coverage.glyphs.index(first)]
                pair = next((one for one in row.PairValueRecord if one.SecondGlyph == second), None)
                if pair is None:
                    continue
                value = pair.Value1
            else:
                rows = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
                value = rows[table.ClassDef2.classDefs.get(second, 0)].Value1
            return float(getattr(value, "XAdvance", 0) or 0) / self.em
        return 0.0


@cache
def faces(weight: int, italic: bool) -> tuple[Face, ...]:
    """Return the faces of a weight (400 or 600) and slant in the order in which they are tried."""
    return tuple(_read(path) for path in FILES[weight, italic])


@cache
def _read(path: Path) -> Face:
    font = TTFont(path, lazy=True)
    glyphs = font.getBestCmap()
    widths = font["hmtx"].metrics
    family = SANS if path.parent == _SANS_FOLDER else OTHER_SCRIPTS
    italic = bool(font["head"].macStyle & 2)
    advances = {name: float(widths[name][0]) for name in set(glyphs.values())}
    return Face(path, family, italic, glyphs, advances, _kerning(font), float(font["head"].unitsPerEm))


def _kerning(font: TTFont) -> tuple[Any, ...]:
    """Return the pair tables of the "kern" feature for Latin, in the order in which they are tried."""
    table = font["GPOS"].table
    script = next(one.Script for one in table.ScriptList.ScriptRecord if one.ScriptTag in ("latn", "DFLT"))
    features = [table.FeatureList.FeatureRecord[number] for number in script.DefaultLangSys.FeatureIndex]
    numbers = [n for one in features if one.FeatureTag == "kern" for n in one.Feature.LookupListIndex]
    return tuple(sub for n in numbers for sub in table.LookupList.Lookup[n].SubTable if sub.LookupType == 2)


def writable(text: str) -> str:
    """Return a text on one line as it can be set: a white square stands for what no typeface can write.

    White space of any kind becomes a space; signs that have no shape (control characters, marks that turn the
    direction of a line) are left out.
    """
    known = faces(400, False)
    spaced = (" " if sign.isspace() else sign for sign in text)
    shaped = "".join(s for s in spaced if s in _JOINERS or unicodedata.category(s) not in ("Cc", "Cf"))
    line = unicodedata.normalize("NFC", " ".join(shaped.split()))
    return "".join(s if any(ord(s) in face.glyphs for face in known) else NOT_WRITABLE for s in line)


def runs(text: str, weight: int = 400, italic: bool = False) -> Iterator[tuple[Face, str]]:
    """Split a writable text where its face changes; raise ValueError for a character no face has."""
    choice = faces(weight, italic)

    def face_of(sign: str) -> Face:
        for face in choice:
            if ord(sign) in face.glyphs:
                return face
        raise ValueError(f"No typeface has the character U+{ord(sign):04X}; `writable` was not asked.")

    for face, signs in groupby(text, face_of):
        yield face, "".join(signs)


@lru_cache(maxsize=4096)
def advances(text: str, weight: int = 400, italic: bool = False) -> tuple[float, ...]:
    """Return the width of every character of a writable text, kerned with the next, as shares of the size.

    Letters of a joined script are counted as they stand alone, which is never less.
    """
    found: list[float] = []
    for face, signs in runs(text, weight, italic):
        kerns = [face.kern(left, right) for left, right in pairwise(signs)]
        found += [face.advance(sign) + kern for sign, kern in zip(signs, [*kerns, 0.0], strict=True)]
    return tuple(found)


def width(text: str, size: float, weight: int = 400, italic: bool = False, spacing: float = 0.0) -> float:
    """Return how wide a writable text is at a size and letter spacing, in the unit of both."""
    return size * sum(advances(text, weight, italic)) + spacing * max(0, len(text) - 1)


def shortened(text: str, room: float, size: float, weight: int = 400, italic: bool = False) -> str:
    """Return a writable text cut with an ellipsis so that it is at most `room` wide at a size."""
    if width(text, size, weight, italic) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, weight, italic) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def carried(texts: Iterable[tuple[str, int, bool]]) -> str:
    """Return @font-face rules with the letters that `texts` need: writable text, weight, italic."""
    needed: dict[tuple[Path, int], set[str]] = {}
    for text, weight, italic in texts:
        for face, signs in runs(text, weight, italic):
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


def wrapped(text: str, room: float, size: float, weight: int = 400, italic: bool = False) -> list[str]:
    """Return a writable text in lines at most `room` wide; a word that is wider is cut where the line ends."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, size, weight, italic) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        while width(word, size, weight, italic) > room and len(word) > 1:
            ends = range(len(word) - 1, 0, -1)
            fits = next((end for end in ends if width(word[:end], size, weight, italic) <= room), 1)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines
