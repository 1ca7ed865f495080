"""What checking a reader's file found and what was mended, in words that go with its line wherever that is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from corridor.quantities import counted, listed
from corridor.reading.checks.systems import CHOSEN
from corridor.reading.faults import Finding, Severity
from corridor.reading.ledger import LedgerEntry
from corridor.reading.mend import Mended
from corridor.reading.reference_systems import label
from corridor.reading.repairs.systems import CLEAR, QUESTIONS

#: Notes are worth knowing and put no figure in doubt; they stay with the file.
OPEN = (Severity.ERROR, Severity.WARNING)
#: Findings that are named; of more it is said how many.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class MendsSaid:
    """What was changed in a file before its line was measured, in sentences, and the SHA-256 of the mended copy.

    Both are "" for a file that was measured as it was sent.
    """

    says: str = ""
    sha256: str = ""

    @property
    def with_hash(self) -> str:
        """The sentences, and the hash where it stands nowhere else."""
        return f"{self.says} SHA-256 of the mended copy: {self.sha256}." if self.says else ""


#: Of a file that was measured as it was sent.
UNMENDED = MendsSaid()


def said_of_mends(mended: Mended) -> MendsSaid:
    """Return which mends a reader accepted, with how many points each moved and how far."""
    if not mended.changed:
        return UNMENDED
    every = [_said_of(entry, mended.codes.get(entry.code)) for entry in mended.ledger]
    named = list(dict.fromkeys(every))[:MOST_NAMED]
    more = len(set(every)) - len(named)
    done = "; ".join([*named, *([f"{more:,} more"] if more else [])])
    return MendsSaid(f"Measured as mended here, not as the file was sent. What was done: {done}.", mended.sha256)


def _said_of(entry: LedgerEntry, choice: str | None) -> str:
    """Return one mend in words; of a conversion also from which system, for that was chosen."""
    source = f" from {label(choice)}, as chosen here" if choice and entry.code in (*QUESTIONS, CLEAR) else ""
    effect = entry.moved
    return f"{entry.method}{source}{f' ({effect})' if effect else ''}"


def open_findings(findings: Iterable[Finding]) -> str:
    """Return how many errors and warnings of a file are open, and the gravest in their own words; "" for none."""
    in_file = tuple(findings)
    # A choice is an answer that was given, by whoever checked the file: no fault that is left in it.
    answers = [finding.says.replace("You chose", "Chosen here:", 1) for finding in in_file if finding.code == CHOSEN]
    every = [f for severity in OPEN for f in in_file if f.severity is severity and f.code != CHOSEN]
    if not every:
        return " ".join(dict.fromkeys(answers))
    counts = [sum(finding.severity is severity for finding in every) for severity in OPEN]
    tally = listed([counted(count, severity) for count, severity in zip(counts, OPEN, strict=True) if count])
    verb = "is" if len(every) == 1 else "are"
    named = dict.fromkeys(finding.says for finding in every[:MOST_NAMED])
    more = len(every) - MOST_NAMED
    left = [f"{more:,} more {'stands' if more == 1 else 'stand'} with the file."] if more > 0 else []
    return " ".join([*dict.fromkeys(answers), f"Its file has {tally} that {verb} not mended.", *named, *left])
