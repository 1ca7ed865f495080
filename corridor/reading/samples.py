"""Which sample files are shipped, so that anybody can try the page without a file of their own: one for each check."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.errors import DocumentError
from corridor.reading.limits import LIMITS, Limits
from corridor.sources import GEODATA, STRICT
from corridor.texts.reading import FilledText, records, refuse_unknown

FILE = "samples.toml"
FOLDER = "samples"
#: The kind of the samples in which nothing is wrong.
SOUND = "sound"


@dataclass(frozen=True, config=STRICT)
class TroubleKind:
    """A kind of trouble, under which samples are listed."""

    id: str
    title: FilledText


@dataclass(frozen=True, config=STRICT)
class Sample:
    """A file of geodata/samples/; `id` is the code of the check it is for, unless it is sound.

    `says` is what is found in it, or what a sound one shows. `cap_bytes` is the most a file may have, in place of the
    ordinary cap, where that would need a sample too large to ship.
    """

    id: str
    file: FilledText
    kind: str
    title: FilledText
    says: FilledText
    cap_bytes: int | None = None

    @property
    def limits(self) -> Limits:
        """The caps it is read with."""
        return LIMITS if self.cap_bytes is None else replace(LIMITS, file_bytes=self.cap_bytes)

    def content(self, root: Path = GEODATA) -> bytes:
        """Return the bytes of the file."""
        return (root / FOLDER / self.file).read_bytes()


@cache
def read_samples(root: Path = GEODATA) -> dict[TroubleKind, tuple[Sample, ...]]:
    """Return the samples by kind, both in the order of geodata/texts/samples.toml.

    Raises DocumentError, one sentence, for a broken entry, an unknown kind, or a file that is not there.
    """
    kinds = records(FILE, "kind", TypeAdapter(TroubleKind), root)
    samples = records(FILE, "sample", TypeAdapter(Sample), root)
    for sample in samples:
        where = f"geodata/texts/{FILE}, sample {sample.id!r}"
        refuse_unknown([sample.kind], {kind.id for kind in kinds}, where, "a [[kind]] of the file")
        if not (root / FOLDER / sample.file).is_file():
            raise DocumentError(f"{where} names {sample.file!r}, which is not in geodata/{FOLDER}/.")
    return {kind: tuple(sample for sample in samples if sample.kind == kind.id) for kind in kinds}


def find_sample(identity: str) -> Sample | None:
    """Return a sample by its id, None when there is none."""
    return next((sample for group in read_samples().values() for sample in group if sample.id == identity), None)
