"""What stands after the end of a text and is none of it: zeros of a file that was never cut to its length."""

#: Zeros, and the sign with which DOS ended files.
FILLING = b"\0\x1a"


def filling(data: bytes) -> int:
    """Return how many zero bytes, or signs with which DOS ended its files, stand after the end of a text."""
    return len(data) - len(data.rstrip(FILLING)) if data[-1:] in (b"\0", b"\x1a") else 0
