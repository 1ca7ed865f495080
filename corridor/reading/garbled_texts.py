"""Texts in UTF-8 that a program read in an old encoding and then kept so: “Ð”Ð¾Ñ€Ð¾Ð³Ð°” for “Дорога”."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corridor.reading.faults import Json
from corridor.reading.text_encodings import encoding_shown, is_of_here

#: What programs of this region take a text for that names no encoding, the likeliest first.
TAKEN_FOR = ("cp1252", "cp1251", "cp1254", "cp1250", "cp866", "cp437", "koi8-r", "mac-roman")
#: So many times over, one program after the other.
MOST_TIMES = 2
#: The longest text that is looked at.
LONGEST = 2_000
#: Bytes that an encoding has no sign for, and that programs hand on as signs of control.
CONTROLS = range(0x80, 0xA0)
AS_BYTES = "corridor-controls-as-bytes"


#: The bytes that begin a letter of UTF-8 of those written here, and those that go on with it.
FIRST, FURTHER = range(0xC2, 0xF0), range(0x80, 0xC0)


def _class_of(encoding: str, codes: range) -> str:
    """Return the class of a regular expression for the signs of some bytes, those of control included."""
    signs = bytes(codes).decode(encoding, "ignore") + "".join(map(chr, CONTROLS))
    return f"[{re.escape(signs)}]"


#: How a garbled text begins: after signs of ASCII two that are the first bytes of a letter. Most texts do not.
BEGINNING = re.compile(
    "[\x00-\x7f]*+(?:" + "|".join(_class_of(name, FIRST) + _class_of(name, FURTHER) for name in TAKEN_FOR) + ")"
)


@dataclass(frozen=True, slots=True)
class GarbledText:
    """A garbled text: what it was meant to be, and as what its bytes were read."""

    meant: str
    taken_for: str


def _as_byte(error: UnicodeError) -> tuple[bytes, int]:
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) in CONTROLS:
        return bytes((ord(error.object[error.start]),)), error.start + 1
    raise error


codecs.register_error(AS_BYTES, _as_byte)


def ungarbled(text: str) -> GarbledText | None:
    """Return what a text was before it was garbled; None for one that is not.

    Its signs have to be, without exception, the bytes of UTF-8 of letters that are written in this region: words of any
    language are so by accident only where they are two signs long.
    """
    readings = list(_readings(text))
    for _ in range(MOST_TIMES):
        for garbled in readings:
            if _is_meant(garbled.meant, text):
                return garbled
        readings = [
            GarbledText(again.meant, garbled.taken_for) for garbled in readings for again in _readings(garbled.meant)
        ]
    return None


def _readings(text: str) -> Iterator[GarbledText]:
    """Yield what a text is when its signs are the bytes of UTF-8, by the encodings these may have been taken for."""
    if text.isascii() or len(text) > LONGEST or not BEGINNING.match(text):
        return
    for encoding in TAKEN_FOR:
        try:
            # A name may be cut amid a letter.
            meant = codecs.getincrementaldecoder("utf-8")().decode(text.encode(encoding, AS_BYTES))
        except UnicodeError:
            continue
        yield GarbledText(meant, encoding_shown(encoding))


def _is_meant(meant: str, garbled: str) -> bool:
    """Whether somebody here may have written a text; a single letter only in place of a letter: “–©” is no “Щ”."""
    beyond = [sign for sign in meant if sign > "\x7f"]
    if not is_of_here(beyond) or not any(map(str.isalpha, beyond)):
        return False
    return len(beyond) > 1 or next(sign for sign in garbled if sign > "\x7f").isalpha()


def garbled_in(members: Mapping[str, Json]) -> Iterator[tuple[str, GarbledText]]:
    """Yield the texts among some members that are garbled: the name of the member, and what was meant."""
    for member, value in members.items():
        if isinstance(value, str) and (garbled := ungarbled(value)) is not None:
            yield member, garbled
