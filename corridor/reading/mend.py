"""Mending a reader's own file: only what was accepted, with an account of every change, each of which can be undone."""

import hashlib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from corridor.land.geodesy import CRS84, REGION
from corridor.reading.answers import as_it_stands, with_answer
from corridor.reading.axis_order import SWAPPED
from corridor.reading.bounding_boxes import boxes_before, follow
from corridor.reading.checks.all_checks import CHECKS, ON_WGS84
from corridor.reading.degree_forms import GON_FOR_DEGREES
from corridor.reading.faults import Account, Check, Given, Json
from corridor.reading.formats.json_text import parse, utf8_text, written
from corridor.reading.ledger import LedgerEntry, OfferedRepair, WhyLeft, entries_text, left_text
from corridor.reading.repairs.effect import DrawnLines, altered_share, furthest_m, lines_in, measured_before
from corridor.reading.repairs.systems import CLEAR, SYSTEM_CODES, chosen_systems
from corridor.reading.route import GeojsonVerdict, Reading, read_route
from corridor.reading.structure import structure_of
from corridor.reading.unsound import left_out

#: Mending one fault can show another of the accepted ones; rounds after which no more are looked for.
ROUNDS = 12
#: Share of a sound line's length, 1 %, beyond which a repair that alters it has to be asked for by name.
MOST_ALTERED = 0.01
MENDABLE = {check.code: check for check in CHECKS if check.mend is not None}


@dataclass(frozen=True, eq=False)
class Mended:
    """A reading after the accepted mends: the GeoJSON text, what it reads as, and what was done to get there.

    `data` equals what was given when nothing had to be done. `codes` are the mends accepted, with the choice made
    where there is one ("projected-coordinates": "EPSG:32638"). `not_done` are repairs that would change something and
    were left for whoever asks for them by name.
    """

    original: Reading
    reading: Reading
    data: bytes
    ledger: tuple[LedgerEntry, ...]
    codes: Mapping[str, str | None]
    not_done: tuple[OfferedRepair, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""
        return bool(self.ledger)

    @cached_property
    def valid(self) -> bool:
        """Whether the text is valid GeoJSON, warnings aside, and holds a position."""
        reading = self.reading
        if reading.geojson is GeojsonVerdict.NOT_GEOJSON:
            reading = _reread(reading, self.data)
        good = reading.geojson in (GeojsonVerdict.VALID, GeojsonVerdict.WARNING)
        return good and any(run.raw for run in structure_of(parse(utf8_text(self.data))).runs)

    @cached_property
    def sha256(self) -> str:
        """The hash of the mended text."""
        return hashlib.sha256(self.data).hexdigest()

    def without(self, code: str) -> "Mended":
        """Return the same with one mend undone; the others are done again from the original."""
        left = {accepted: choice for accepted, choice in self.codes.items() if accepted != code}
        return mend(self.original, left)

    def ledger_json(self) -> dict[str, object]:
        """Return the ledger as JSON holds it."""
        return {
            "file": self.original.file,
            "original_sha256": self.original.sha256,
            "mended_sha256": self.sha256,
            "accepted": dict(self.codes),
            "mends": [_record(entry) for entry in self.ledger],
            "not_done": [{**_record(repair.would), "why": str(repair.why)} for repair in self.not_done],
            "left": [finding.code for finding in self.reading.findings],
        }

    def ledger_text(self) -> str:
        """Return the ledger as a reader reads it."""
        lines = [
            f"Mends of {self.original.file}",
            f"SHA-256 of the original  {self.original.sha256}",
            f"SHA-256 of the result    {self.sha256}",
        ]
        lines += entries_text(self.ledger) or ["Nothing was changed."]
        lines += left_text(self.not_done)
        if self.reading.findings:
            first = {finding.code: finding.says for finding in reversed(self.reading.findings)}
            lines += ["", "Left as found:", *(f"  {says} ({code})" for code, says in first.items())]
        return "\n".join(lines) + "\n"


def _record(entry: LedgerEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in LedgerEntry.__slots__}


def mend(reading: Reading, codes: Collection[str] | Mapping[str, str | None]) -> Mended:
    """Return the reading with the accepted faults mended, and nothing else changed.

    `codes` are codes of findings, with the system to convert from where a finding leaves a choice
    ("projected-coordinates": "EPSG:32638"); without a choice nothing is done about it. "other-system" with a choice
    goes before what the file says of its system ("OGC:CRS84" takes the numbers as they stand). A code that cannot be
    mended, or is not found, does nothing. A file in another format is written as GeoJSON.
    """
    accepted = dict(codes) if isinstance(codes, Mapping) else dict.fromkeys(codes)
    data, current, ledger, _ = _mended(reading, accepted, most_altered=math.inf)
    return Mended(reading, current, data, ledger, accepted)


def mend_by_default(reading: Reading, chosen: Mapping[str, str | None] | None = None) -> Mended:
    """Return the reading with all done that cannot be wrong, and told what else could be done by name.

    `chosen` are mends with a choice made for them, done as well.
    Left are the repairs that are done by name only, and those that would alter the length of a line that is sound by
    more than MOST_ALTERED.
    """
    accepted: dict[str, str | None] = dict.fromkeys(code for code in MENDABLE if not by_name(code))
    accepted |= chosen or {}
    data, current, ledger, too_much = _mended(reading, accepted, most_altered=MOST_ALTERED)
    for _ in range(ROUNDS):
        if current.geojson is not GeojsonVerdict.INVALID:
            break
        without, entry = left_out(data)
        if entry is None:
            break
        data, current, more, too_much = _mended(_reread(reading, without), accepted, most_altered=MOST_ALTERED)
        ledger += (entry, *more)
    done = dict.fromkeys(entry.code for entry in ledger)
    left = [OfferedRepair(entry, WhyLeft.KILOMETRES) for entry in too_much]
    named = dict.fromkeys(finding.code for finding in current.findings if finding.by_name)
    left += [offer for code in named if (offer := offered_repair(data, code)) is not None]
    return Mended(reading, current, data, ledger, done, tuple(left))


def by_name(code: str) -> bool:
    """Whether the repair of a check is done only when it is asked for by name."""
    method = MENDABLE[code].mend
    return method is not None and method.by_name


def _mended(
    reading: Reading, accepted: Mapping[str, str | None], most_altered: float
) -> tuple[bytes, Reading, tuple[LedgerEntry, ...], tuple[LedgerEntry, ...]]:
    """Return text and reading after the accepted repairs, what was done, and what was refused for altering too much."""
    data = reading.geojson_text
    ledger: list[LedgerEntry] = []
    refused: dict[str, LedgerEntry] = {}
    choices: Mapping[str, str | None] = {
        code: choice if isinstance(choice, str) else None for code, choice in accepted.items()
    }
    answer = chosen_systems(choices)
    standing = CRS84 in (choices.get(SWAPPED), choices.get(GON_FOR_DEGREES))
    current = as_it_stands(reading, data) if standing else reading
    for _ in range(ROUNDS):
        mendable = {finding.code for finding in current.findings if finding.mendable} - refused.keys()
        before = data
        data, entries, too_much = repaired(data, _due(mendable, choices), choices, most_altered)
        if too_much is not None:
            refused[too_much.code] = too_much
            continue
        ledger += entries
        if any(entry.code in SYSTEM_CODES for entry in entries):
            # Converted once, the numbers are in no system but WGS84.
            choices = {code: None if code in SYSTEM_CODES else choice for code, choice in choices.items()}
        if data == before:
            break
        current = as_it_stands(reading, data) if standing else _reread(reading, data)
        # Written as UTF-8, a text can turn out to be a sequence, or JSON of another form.
        data = current.geojson_text
    if answer.unclear is not None:
        converted = any(entry.code in SYSTEM_CODES for entry in ledger)
        current = with_answer(current, read_route(reading.geojson_text, reading.file, chosen=answer), converted)
    return data, current, tuple(ledger), tuple(refused.values())


def _due(mendable: Collection[str], choices: Mapping[str, str | None]) -> list[Check[Any]]:
    """Return the mends that are accepted and needed, a conversion first: what is accepted of a file in another system
    is done to its lines on WGS84, as they are shown.
    """
    due = [check for code, check in MENDABLE.items() if code in mendable and code in choices]
    systems = [check for check in due if check.code in SYSTEM_CODES]
    if not systems and (choices.get(CLEAR) or (due and CLEAR in mendable)):
        systems = [MENDABLE[CLEAR]]
    # One conversion is for all parts of the file.
    return systems[:1] + [check for check in due if check.code not in SYSTEM_CODES]


def _reread(original: Reading, data: bytes) -> Reading:
    return replace(read_route(data, original.file), file=original.file)


def repaired(
    data: bytes,
    due: list[Check[Any]],
    choices: Mapping[str, str | None],
    most_altered: float,
) -> tuple[bytes, list[LedgerEntry], LedgerEntry | None]:
    """Do the repairs that are due, text before document; return the text and the entries of those that did something.

    Where a repair alters sound lines by a larger share than `most_altered`, nothing is done, and its entry comes third.
    """
    given_data = data
    entries: list[LedgerEntry] = []
    for check in due:
        if check.mend is not None and check.mend.text is not None:
            data, account = check.mend.text(data)
            entries.append(_entry(check, account, None, None))
    due = [check for check in due if check.mend is not None and check.mend.text is None]
    if not due:
        return data, entries, None
    document = parse(utf8_text(data))
    before = lines_in(document)
    boxes = boxes_before(document) if b'"bbox"' in data else {}
    changed = waiting = False
    for check in due:
        if waiting and check.code in ON_WGS84:
            continue
        document, account = _done(check, document, Given(REGION, choices))
        if account.nothing:
            # Lines that are still to be converted are not measured, so not mended either.
            waiting = waiting or check.code in SYSTEM_CODES
            continue
        if boxes:
            account += follow(document, boxes)
            boxes = boxes_before(document)
        after = lines_in(document)
        entry = _entry(check, account, measured_before(before, after) if check.blocks else before, after)
        if altered_share(before.lines, after.lines, REGION) > most_altered:
            return given_data, [], entry
        entries.append(entry)
        before, changed = after, True
    return (written(document) if changed else data), entries, None


def offered_repairs(mended: Mended) -> tuple[OfferedRepair, ...]:
    """Return what each repair that is left to accept, and leaves no choice, would do to the mended text.

    Those that would change nothing are left out.
    """
    findings = [finding for finding in mended.reading.findings if finding.mendable and not finding.choices]
    codes = dict.fromkeys(finding.code for finding in findings if finding.code not in {*mended.codes, CLEAR})
    offers = (offered_repair(mended.data, code) for code in codes)
    return tuple(offer for offer in offers if offer is not None)


def offered_repair(data: bytes, code: str) -> OfferedRepair | None:
    """Return what one repair would do to a text; None where it would change nothing."""
    _, entries, too_much = repaired(data, [MENDABLE[code]], {code: None}, MOST_ALTERED)
    would = too_much or next(iter(entries), None)
    if would is None:
        return None
    why = WhyLeft.BY_NAME if by_name(code) else None if too_much is None else WhyLeft.KILOMETRES
    return OfferedRepair(would, why)


def _done(check: Check[Any], document: Json, given: Given) -> tuple[Json, Account]:
    method = check.mend
    if method is not None and method.document is not None:
        return method.document(document)
    if method is not None and method.placed is not None:
        return method.placed(document, given)
    return document, Account()


def _entry(check: Check[Any], account: Account, before: DrawnLines | None, after: DrawnLines | None) -> LedgerEntry:
    """Return the entry of a repair; the lines are None where it was done to a text that need not parse."""
    return LedgerEntry(
        code=check.code,
        method=check.mend.method if check.mend is not None else "",
        vertices_moved=account.moved,
        vertices_added=account.added,
        vertices_removed=account.removed,
        type_changes=account.type_changes,
        dropped=account.dropped,
        other=account.other,
        length_before_km=None if before is None else before.length_km,
        length_after_km=None if after is None else after.length_km,
        moved_up_to_m=None if before is None or after is None else furthest_m(before.lines, after.lines),
        repeated_before_km=None if before is None else before.repeated_km,
        repeated_after_km=None if after is None else after.repeated_km,
    )
