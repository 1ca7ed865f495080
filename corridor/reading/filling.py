"""What stands after the end of a text and is none of it: zeros of a file that was never cut to its length."""

from corridor.reading.text_encodings import wide_encoding

#: Zeros, and the sign with which DOS ended files.
FILLING = b"\0\x1a"
#: The sentence about them.
FILLED_UP = (
    "{count:byte without meaning stands|bytes without meaning stand} after the end, as devices and programs leave "
    "them; the file was read without."
)


def filling(data: bytes) -> int:
    """Return how many bytes of it stand after the end of a text; 0 in UTF-16, where a letter may end in a zero."""
    return 0 if wide_encoding(data) is not None else len(data) - len(data.rstrip(FILLING))
