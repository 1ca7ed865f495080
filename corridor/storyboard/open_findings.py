"""What checking a reader's file found and nobody mended, in words that go with its line wherever that is shown."""

from collections.abc import Iterable

from corridor.quantities import counted, listed
from corridor.reading.faults import Finding, Severity

#: Notes are worth knowing and put no figure in doubt; they stay with the file.
OPEN = (Severity.ERROR, Severity.WARNING)
#: Findings that are named; of more it is said how many.
MOST_NAMED = 3


def open_findings(findings: Iterable[Finding]) -> str:
    """Return how many errors and warnings of a file are open, and the gravest in their own words; "" for none."""
    every = [finding for severity in OPEN for finding in findings if finding.severity is severity]
    if not every:
        return ""
    counts = [sum(finding.severity is severity for finding in every) for severity in OPEN]
    tally = listed([counted(count, severity) for count, severity in zip(counts, OPEN, strict=True) if count])
    verb = "is" if len(every) == 1 else "are"
    named = dict.fromkeys(finding.says for finding in every[:MOST_NAMED])
    more = len(every) - MOST_NAMED
    left = [f"{more:,} more {'stands' if more == 1 else 'stand'} with the file."] if more > 0 else []
    return " ".join([f"Its file has {tally} that {verb} not mended.", *named, *left])
