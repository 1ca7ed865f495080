"""Which encoding the texts of a Shapefile's table are in: by its .cpg, its language driver, or its letters."""

from collections.abc import Mapping, Sequence

from corridor.reading.formats.encoding_checks import EncodingRead
from corridor.reading.text_encodings import LANGUAGE_DRIVERS, DecodedText, decoded, known_encoding, read_text

#: The byte of a .dbf that holds its language driver.
DRIVER_AT = 29
#: How much of a .cpg is looked at; it holds one name.
LONGEST_NAME = 200


def named_encoding(parts: Mapping[str, bytes]) -> tuple[str, str | None]:
    """Return the encoding that a Shapefile names, as it has it ("" where it names none) and as it is known."""
    said = read_text(parts.get(".cpg", b"")[:LONGEST_NAME]).text.strip("\0 \r\n\t\"'")
    known = known_encoding(said)
    if known is not None:
        return said, known
    dbf = parts.get(".dbf", b"")
    driver = LANGUAGE_DRIVERS.get(dbf[DRIVER_AT]) if len(dbf) > DRIVER_AT else None
    return (said or (driver or "")), driver


def read_fields(texts: Sequence[bytes], parts: Mapping[str, bytes]) -> tuple[list[str], EncodingRead | None]:
    """Return the texts of a table, and what is to be told of their encoding where it is not the one that is named."""
    said, known = named_encoding(parts)
    # A blank before each: the letters “юя” of Windows-1251 are the mark of UTF-16 at the beginning of a text.
    joined = b"".join(b" " + text for text in texts if not text.isascii())
    if not joined:
        return [text.decode("ascii", "replace") for text in texts], None
    read = read_text(joined, known)
    # A text that fills its field may end amid a letter of two bytes.
    values = [decoded(text, read.encoding).text.rstrip("\ufffd") for text in texts]
    lost = sum(value.count("\ufffd") for value in values)
    first = next((value for value in values if not value.isascii()), "")
    reading = DecodedText(first, read.encoding, read.guessed, read.script, lost)
    as_named = known is not None and read.encoding == known and not read.guessed and not lost
    # A table in UTF-8 that names no encoding is read without a doubt.
    plain = not said and read.encoding == "utf-8" and not lost
    return values, None if as_named or plain else EncodingRead(said, reading)
