"""What is said of the encoding of a file's letters: another than it names, or one that was guessed."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.faults import Check, FaultSpot, Severity, shown, such_as
from corridor.reading.text_encodings import DecodedText


@dataclass(frozen=True, slots=True)
class EncodingRead:
    """How letters were read that are in another encoding than a file names; `named` as the file has it, or ""."""

    named: str
    read: DecodedText


def _names(subject: EncodingRead) -> str:
    return f"names {shown(subject.named)}, which does not fit" if subject.named else "names no encoding"


def _guessed(subject: EncodingRead) -> Iterator[FaultSpot]:
    if subject.read.guessed:
        script = f" ({subject.read.script})" if subject.read.script else ""
        yield FaultSpot(
            words={"names": _names(subject), "read": subject.read.called + script, "seen": such_as(subject.read.text)}
        )


def _other(subject: EncodingRead) -> Iterator[FaultSpot]:
    if not subject.read.guessed:
        lost = f", with {subject.read.lost:,} signs that cannot be read" if subject.read.lost else ""
        yield FaultSpot(
            words={"names": _names(subject), "read": subject.read.called + lost, "seen": such_as(subject.read.text)}
        )


ADVICE = "See whether the names are right{seen}; UTF-8, named in the file, is safest."

ENCODING_CHECKS: tuple[Check[EncodingRead], ...] = (
    Check(
        "encoding-guessed",
        Severity.WARNING,
        "The file {names}; by its letters it is in {read}: a guess.",
        ADVICE,
        _guessed,
    ),
    Check(
        "encoding-other",
        Severity.WARNING,
        "The file {names}; its letters were read as {read}.",
        ADVICE,
        _other,
    ),
)
