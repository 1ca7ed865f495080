"""What a file was made with, so that its numbers can be checked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Versions:
    """What a story was made with: the version of the software, and the SHA-256 of each shipped file it rests on."""

    software: str
    files: tuple[tuple[str, str], ...]
