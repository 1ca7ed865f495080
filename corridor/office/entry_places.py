"""Where the entries of an office's file stand in its text, so that a sentence about one can name its line."""

import re
from bisect import bisect_left

#: Where an entry starts in the text of the file.
HEADER = re.compile(r"""^[ \t]*\[\[[ \t]*(?:update|"update"|'update')[ \t]*\]\]""", re.MULTILINE)


class EntryPlaces:
    """The places of all entries of one text."""

    def __init__(self, text: str) -> None:
        """Find them, once for all entries."""
        self.text = text
        self.starts = [match.start() for match in HEADER.finditer(text)]
        self._line_ends = [match.start() for match in re.finditer("\n", text)]

    def line(self, offset: int) -> int:
        """Return the number of the line, from 1, that holds the character at an offset."""
        return bisect_left(self._line_ends, offset) + 1

    def end(self, number: int) -> int:
        """Return the offset at which an entry ends, counted from 0: where the next begins."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def named(self, number: int, key: str) -> str:
        """Return an entry's line and key as a sentence names them; its number where it has no header of its own."""
        if number >= len(self.starts):
            return f"entry {number + 1}, key {key!r}" if key else f"entry {number + 1}"
        start = self.starts[number]
        assigned = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=", re.MULTILINE)
        written = assigned.search(self.text, start, self.end(number)) if key else None
        line = self.line(written.start() if written else start)
        return f"line {line}, key {key!r}" if key else f"line {line}: this entry"
