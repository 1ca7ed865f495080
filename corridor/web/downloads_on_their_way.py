"""How many bytes of files may be made and not yet taken by their readers, and whose end where there are too many.

Somebody who takes large files in drops would hold all of them, and every other visitor would be told to come again.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from corridor.store.tokens import Token

MOST_BYTES = 400_000_000


@dataclass(frozen=True, eq=False, slots=True)
class DownloadOnItsWay:
    """A file of `size` bytes for a visit, asked for from a network ("" for this machine); `cut` ends its sending."""

    size: int
    visit: Token
    network: str
    cut: Callable[[], None]

    @property
    def whose(self) -> str:
        """Whose share it counts against: its network's, or its visit's where it is this machine's own."""
        return self.network or self.visit


class DownloadsOnTheirWay:
    """The files that are being sent, oldest first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Begin with none."""
        self.most_bytes = most_bytes
        self._files: dict[DownloadOnItsWay, None] = {}

    @property
    def bytes(self) -> int:
        """The bytes of all together."""
        return sum(file.size for file in self._files)

    def begin(self, file: DownloadOnItsWay) -> bool:
        """Take a file in, if need be in place of others of whoever has more; return whether it may be sent."""
        while self.bytes + file.size > self.most_bytes:
            other = self._to_be_cut(file)
            if other is None:
                return False
            self.end(other)
            other.cut()
        self._files[file] = None
        return True

    def end(self, file: DownloadOnItsWay) -> None:
        """A file is sent, or left."""
        self._files.pop(file, None)

    def _to_be_cut(self, file: DownloadOnItsWay) -> DownloadOnItsWay | None:
        """Return the oldest file of who has most, None where that is who asks."""
        files = [*self._files, file]
        whose = _most(files, lambda other: other.whose)
        theirs = [other for other in files if other.whose == whose]
        visit = _most(theirs, lambda other: other.visit)
        oldest = next(other for other in theirs if other.visit == visit)
        return None if visit == file.visit else oldest


def _most(files: list[DownloadOnItsWay], of: Callable[[DownloadOnItsWay], str]) -> str:
    """Return of whom the most bytes are; of those alike, who asks, whose file is last."""
    sizes: Counter[str] = Counter()
    for file in reversed(files):
        sizes[of(file)] += file.size
    return max(sizes, key=lambda name: sizes[name])
