"""Which encoding a text is in: the declared one, or the one in which its letters make words of this region.

The guess counts letters. The code pages that people here use put different letters at the same bytes; read in the right
one, a name has the common letters of its language, capitals only where words begin, and one script to a word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log

#: How many bytes of words the guess looks at; more tell no more.
SAMPLE = 6_000
#: A word with letters that are not ASCII, in any encoding that is not UTF-16.
WORD = re.compile(rb"[A-Za-z]{0,40}+[\x80-\xff][A-Za-z\x80-\xff]{0,80}+")
#: Marks at the beginning of texts of two or four bytes to a letter; that of UTF-32 begins with that of UTF-16.
WIDE_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be",
}  # fmt: skip
#: The Armenian letters in ARMSCII-8 (AST 34.005), capital and small by turns from 0xB2 on; Python has no codec for it.
ARMENIAN = {0xA2: "և", 0xA3: "։", 0xA6: "»", 0xA7: "«", 0xA8: "—", 0xAA: "՝", 0xAD: "֊", 0xAE: "…", 0xFE: "՚"} | {
    0xB2 + 2 * index + small: chr((0x561 if small else 0x531) + index) for index in range(38) for small in (0, 1)
}
#: Letter -> how often it stands among 1,000 of the language; of Latin alphabets among the letters beyond ASCII.
CYRILLIC: dict[str, float] = dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґј", (
    110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 17, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3,
    3, 0.4, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1,
), strict=True))  # fmt: skip
TURKISH: dict[str, float] = dict(zip("ışüçğöİâîûäé", (330, 170, 170, 105, 105, 80, 60, 3, 1, 1, 3, 2), strict=True))
WESTERN: dict[str, float] = dict(zip("éäöüèàáßçíóñêôåæøâëïîûùúãõ", (150, *[80] * 3, *[40] * 22), strict=True))
ARABIC: dict[str, float] = dict(zip("ايرندهموتبسشزلكکخفگقعجحپچصطضغذظثآىةژئأإءؤ", (
    140, 85, 80, 75, 70, 60, 60, 65, 50, 42, 40, 32, 30, 30, 25, 25, 20, 20, 14, 13, 13, 13, 10, 12, 7, 5, 5, 4, 4, 3,
    2, 2, 10, 20, 5, 2, 3, 2, 1, 2, 1,
), strict=True))  # fmt: skip
ARMENIAN_LETTERS: dict[str, float] = dict(zip("անիերոտւմկսվհըլյդբգքթղզցպխծռշչճփձժջէօֆև", (
    140, 80, 78, 70, 68, 55, 45, 45, 38, 35, 27, 27, 25, 25, 25, 22, 22, 17, 16, 15, 15, 15, 14, 13, 12, 9, 8, 8, 9, 8,
    6, 6, 5, 4, 3, 8, 2, 2, 10,
), strict=True))  # fmt: skip
#: Encoding -> its letters, what they are called, and the logarithm of how often a file of this region comes in it.
GUESSES: dict[str, tuple[dict[str, float], str, float]] = {
    "cp1251": (CYRILLIC, "Cyrillic", 0.0),
    "cp1254": (TURKISH, "Turkish", 0.0),
    "cp1252": (WESTERN, "Western European", -1.0),
    "cp1256": (ARABIC, "Arabic or Persian", -2.0),
    "armscii-8": (ARMENIAN_LETTERS, "Armenian", -3.0),
    "koi8-r": (CYRILLIC, "Cyrillic", -3.0),
    "cp866": (CYRILLIC, "Cyrillic", -3.0),
    "iso8859-5": (CYRILLIC, "Cyrillic", -4.0),
    "mac-cyrillic": (CYRILLIC, "Cyrillic", -4.0),
    "cp857": (TURKISH, "Turkish", -4.0),
}
#: Signs that stand in texts of any language.
SIGNS = frozenset("«»“”„‘’–—…№°±·§© \xa0")
#: What texts of this region are written with, beyond ASCII; and how many such signs are UTF-8 by no accident.
LETTERS_HERE = {
    *CYRILLIC,
    *TURKISH,
    *WESTERN,
    *ARABIC,
    *ARMENIAN_LETTERS,
    *SIGNS,
    *"əֆی\u200c\u0307",
    *map(chr, range(0x10D0, 0x10F1)),
}
BY_NO_ACCIDENT = 3
#: What programs name that were told nothing; by how much (a logarithm) another has to be likelier to be read.
WESTERN_PAGES = {"cp1252", "iso8859-1", "iso8859-15", "cp437", "cp850", "cp858"}
MARGIN = 6.0
#: Natural logarithms: a sign of SIGNS; anything that is no letter of the language.
SIGN, STRANGE = -5.0, -10.0
#: A capital inside a word; two scripts in one word; a letter of a Latin alphabet that no ASCII letter stands beside.
CAPITAL_INSIDE, SCRIPTS_MIXED, UNATTENDED = -4.0, -4.0, -2.5

SHOWN = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U"} | {
    "armscii-8": "ARMSCII-8", "mac-cyrillic": "Mac Cyrillic", "mac-roman": "Mac Roman",
    "utf-32-le": "UTF-32", "utf-32-be": "UTF-32",
}  # fmt: skip
#: Standards that Windows has its own form of, with quotes and dashes where they have signs of control.
WINDOWS_FORM = {"iso8859-1": "cp1252", "iso8859-9": "cp1254"}
CONTROLS = re.compile(rb"[\x80-\x9f]")
#: Names people and programs write; numbers of code pages are read by `known_encoding`.
ALIASES = {
    "utf8": "utf-8", "unicodeutf8": "utf-8", "ascii": "utf-8", "usascii": "utf-8", "utf16": "utf-16", "ucs2": "utf-16",
    "utf16le": "utf-16-le", "utf16be": "utf-16-be", "koi8r": "koi8-r", "koi8u": "koi8-u",
    "koi8": "koi8-r", "latin1": "iso8859-1", "latin5": "iso8859-9", "armscii8": "armscii-8",
    "maccyrillic": "mac-cyrillic", "xmaccyrillic": "mac-cyrillic",
}  # fmt: skip
PAGES = {20866: "koi8-r", 21866: "koi8-u", 10007: "mac-cyrillic", 65001: "utf-8", 1200: "utf-16-le", 1201: "utf-16-be"}
DOS_AND_WINDOWS = {
    437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, *range(1250, 1259),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text as read: its encoding, and whether that was guessed, by letters of which `script`.

    `lost` counts the bytes that are no letters in it; each became “�”.
    """

    text: str
    encoding: str
    guessed: bool = False
    script: str = ""
    lost: int = 0

    @property
    def called(self) -> str:
        """The encoding as people know it: “Windows-1251”."""
        return encoding_shown(self.encoding)


def encoding_shown(encoding: str) -> str:
    """Return the name of an encoding as people know it."""
    if encoding in SHOWN:
        return SHOWN[encoding]
    if encoding.startswith("iso8859-"):
        return "ISO-8859-" + encoding.removeprefix("iso8859-")
    return ("Windows-" if encoding.startswith("cp12") else "code page ") + encoding.removeprefix("cp")


def known_encoding(declared: str) -> str | None:
    """Return the encoding that a name means (“windows-1251”, “ANSI 1251”, “65001”, “ISO 88599”), None for no such.

    Only encodings of text that are one-to-one, so that no name reaches another codec of Python's.
    """
    name = re.sub(r"[^a-z0-9]", "", declared.lower()[:60])
    if name in ALIASES:
        return ALIASES[name]
    match = re.fullmatch(r"(?:x|cs)?(?:windows|win|cp|ansi|ibm|oem|dos|ms|microsoft|iso|codepage)*(\d{1,6})", name)
    if match is None:
        return None
    number = int(match.group(1))
    part = number - 28590 if 28590 < number < 28607 else int(str(number)[4:] or 0) if str(number)[:4] == "8859" else 0
    if part in {*range(1, 17)} - {12}:
        return f"iso8859-{part}"
    return f"cp{number}" if number in DOS_AND_WINDOWS else PAGES.get(number)


def decoded(data: bytes, encoding: str) -> DecodedText:
    """Return bytes as text of an encoding that `known_encoding` knows; what is no letter in it becomes “�”."""
    by_table = encoding == "armscii-8"
    if encoding in WINDOWS_FORM and CONTROLS.search(data):
        # Signs that the standard has no use for are those of Windows, as browsers read them (WHATWG Encoding, 4.2).
        text = data.decode(WINDOWS_FORM[encoding], "replace")
    else:
        text = "".join(map(_armenian().__getitem__, data)) if by_table else data.decode(encoding, "replace")
    # A text may hold the sign of replacement itself.
    own = data.count("\ufffd".encode()) if encoding == "utf-8" else 0
    return DecodedText(text.removeprefix("\ufeff"), encoding, lost=max(text.count("\ufffd") - own, 0))


@cache
def _armenian() -> tuple[str, ...]:
    return tuple(chr(byte) if byte < 0xA1 else ARMENIAN.get(byte, "\ufffd") for byte in range(256))


def wide_encoding(data: bytes) -> str | None:
    """Return the encoding of a text of two bytes or more to a letter, by its mark or its zero bytes; else None."""
    marked = next((encoding for mark, encoding in WIDE_MARKS.items() if data.startswith(mark)), None)
    if marked is not None:
        return marked
    start = data[:64]
    for first, encoding in ((0, "utf-32-le"), (3, "utf-32-be")):
        # All signs of markup and of numbers have three zeros beside them.
        zeros = [start[n::4].strip(b"\0") for n in range(4) if n != first]
        if len(start) >= 8 and start[first] in b'<{[" \t\r\n' and not any(zeros) and start[first::4].strip(b"\0"):
            return encoding
    if len(start) > 1 and start[:2].count(0) == 1 and start.count(0) * 3 > len(start):
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    return None


def is_utf8(data: bytes) -> bool:
    """Whether bytes are a text in UTF-8."""
    # Most are, without a copy being made.
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_text(data: bytes, declared: str | None = None) -> DecodedText:
    """Return bytes as text: by their mark, as UTF-8 where they are, as declared, or as guessed by their letters.

    `declared` is an encoding that `known_encoding` knows. Bytes beyond ASCII that are letters of this region throughout
    when read as UTF-8 are so by no accident: this goes before a one-byte encoding that is declared.
    """
    wide = wide_encoding(data)
    if wide is not None:
        return decoded(data, wide)
    one_byte = None if declared is None or declared.startswith("utf-") else declared
    if is_utf8(data) and not (one_byte and _by_accident(data, one_byte)):
        return decoded(data, "utf-8")
    if one_byte is not None and not _mistaken(data, one_byte):
        return decoded(data, one_byte)
    as_utf8 = decoded(data, "utf-8")
    if len(as_utf8.text) - len(as_utf8.text.encode("ascii", "ignore")) - as_utf8.lost > 3 * as_utf8.lost:
        # A few letters were cut; the others are UTF-8.
        return as_utf8
    guess, script = guessed_encoding(data)
    text = decoded(data, guess)
    return DecodedText(text.text, guess, True, script, text.lost)


def _by_accident(data: bytes, declared: str) -> bool:
    """Whether bytes are UTF-8 by accident: the letters it makes are none of here, or few, and the declared ones are."""
    words = _words(data)
    beyond = [sign for sign in words.decode("utf-8", "replace") if sign > "\x7f"]
    if not is_of_here(beyond):
        return True
    return 0 < len(beyond) < BY_NO_ACCIDENT and is_of_here(
        sign for sign in decoded(words, declared).text if sign > "\x7f"
    )


def is_of_here(signs: Iterable[str]) -> bool:
    """Whether signs beyond ASCII are all letters that are written in this region, or signs of any text."""
    return {sign.lower() for sign in signs} <= LETTERS_HERE


def _mistaken(data: bytes, declared: str) -> bool:
    """Whether a Western encoding, which programs name unasked, is named for words of this region."""
    if declared not in WESTERN_PAGES:
        return False
    words = _words(data)
    guess, _ = guessed_encoding(data)
    there, here = decoded(words, declared).text, decoded(words, guess).text
    return there != here and likelihood(here, guess) > likelihood(there, "cp1252") + MARGIN


def _words(data: bytes) -> bytes:
    """Return the words of a text that have letters beyond ASCII, each once, up to SAMPLE bytes of them."""
    words: dict[bytes, None] = {}
    size = 0
    for match in WORD.finditer(data):
        if match.group() not in words:
            words[match.group()] = None
            size += len(match.group())
            if size > SAMPLE:
                break
    return b" ".join(words)


def guessed_encoding(data: bytes) -> tuple[str, str]:
    """Return the one-byte encoding in which the words of a text look most like those of its language, and the letters.

    The letters are "" where the text has none beyond ASCII.
    """
    words = _words(data)
    scores = {encoding: likelihood(decoded(words, encoding).text, encoding) for encoding in GUESSES}
    best = max(scores, key=scores.__getitem__)
    letters = any(sign.lower() in GUESSES[best][0] for sign in decoded(words, best).text if sign > "\x7f")
    return best, GUESSES[best][1] if letters else ""


@cache
def _logarithms(encoding: str) -> dict[str, float]:
    letters = GUESSES[encoding][0]
    total = sum(letters.values())
    small = {letter: log(often / total) for letter, often in letters.items()}
    capital = {letter.upper(): value - 1.0 for letter, value in small.items() if len(letter.upper()) == 1}
    # Of “i” and “I” one is ASCII: small is what the other alphabets write as a capital.
    return {**capital, **small, **dict.fromkeys(SIGNS, SIGN)}


def likelihood(text: str, encoding: str) -> float:
    """Return how likely words are those of the language of an encoding: a logarithm, over the letters beyond ASCII."""
    letters, latin = _logarithms(encoding), GUESSES[encoding][0] in (TURKISH, WESTERN)
    score, before = GUESSES[encoding][2], " "
    for sign, after in zip(text, (text[1:] + " ")[: len(text)], strict=True):
        if sign > "\x7f":
            score += letters.get(sign, STRANGE)
            if sign.isalpha():
                beside_ascii = _ascii_letter(before) or _ascii_letter(after)
                score += (UNATTENDED if latin else 0.0) if not beside_ascii else (0.0 if latin else SCRIPTS_MIXED)
                if sign.isupper() and before.islower():
                    score += CAPITAL_INSIDE
        before = sign
    return score


def _ascii_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


#: Language driver (byte 29 of a .dbf) -> encoding, as ESRI and dBASE give them; 0x57, “what Windows has”, says nothing.
LANGUAGE_DRIVERS = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x08: "cp865", 0x09: "cp437", 0x0A: "cp850", 0x0B: "cp437",
    0x0D: "cp437", 0x0E: "cp850", 0x10: "cp850", 0x11: "cp437", 0x12: "cp850", 0x14: "cp850", 0x15: "cp437",
    0x16: "cp850", 0x17: "cp865", 0x18: "cp437", 0x19: "cp437", 0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863",
    0x1D: "cp850", 0x1F: "cp852", 0x22: "cp852", 0x23: "cp852", 0x24: "cp860", 0x25: "cp850", 0x26: "cp866",
    0x37: "cp850", 0x40: "cp852", 0x58: "cp1252", 0x59: "cp1252", 0x64: "cp852", 0x65: "cp866",
    0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857", 0x6C: "cp863", 0x87: "cp852", 0x88: "cp857",
    0x96: "mac-cyrillic", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip
