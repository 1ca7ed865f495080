"""Mending a reader's own file: only what was accepted, with an account of every change, each of which can be undone."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from corridor.land.geodesy import segment_lengths_m
from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.contents import in_degrees
from corridor.reading.faults import Account, Check, Given, Json
from corridor.reading.formats.conversion import is_json_like
from corridor.reading.formats.json_text import BOM, parse
from corridor.reading.route import REGION, Reading, read_route
from corridor.reading.structure import structure_of

#: Mending one fault can show another of the accepted ones; rounds after which no more are looked for.
ROUNDS = 12
MENDABLE = {check.code: check for check in CHECKS if check.mend is not None}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One mend as it was done; lengths in km on the WGS84 ellipsoid, None while the coordinates are not degrees."""

    code: str
    method: str
    vertices_moved: int
    vertices_added: int
    vertices_removed: int
    type_changes: tuple[str, ...]
    dropped: tuple[str, ...]
    other: tuple[str, ...]
    length_before_km: float | None
    length_after_km: float | None


@dataclass(frozen=True, eq=False)
class Mended:
    """A reading after the accepted mends: the GeoJSON text, what it reads as, and what was done to get there.

    `data` equals what was given when nothing had to be done. `codes` are the mends accepted, with the choice made
    where there is one ("projected-coordinates": "EPSG:32638").
    """

    original: Reading
    reading: Reading
    data: bytes
    ledger: tuple[LedgerEntry, ...]
    codes: Mapping[str, str | None]

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""
        return bool(self.ledger)

    @property
    def sha256(self) -> str:
        """The hash of the mended text."""
        return hashlib.sha256(self.data).hexdigest()

    def without(self, code: str) -> "Mended":
        """Return the same with one mend undone; the others are done again from the original."""
        left = {accepted: choice for accepted, choice in self.codes.items() if accepted != code}
        return mend(self.original, left)

    def ledger_json(self) -> dict[str, object]:
        """Return the ledger as JSON holds it."""
        entries = [{name: getattr(entry, name) for name in LedgerEntry.__slots__} for entry in self.ledger]
        return {
            "file": self.original.file,
            "original_sha256": self.original.sha256,
            "mended_sha256": self.sha256,
            "accepted": dict(self.codes),
            "mends": entries,
            "left": [finding.code for finding in self.reading.findings],
        }

    def ledger_text(self) -> str:
        """Return the ledger as a reader reads it."""
        lines = [
            f"Mends of {self.original.file}",
            f"SHA-256 of the original  {self.original.sha256}",
            f"SHA-256 of the result    {self.sha256}",
        ]
        if not self.ledger:
            lines.append("Nothing was changed.")
        for number, entry in enumerate(self.ledger, 1):
            lines += [
                "",
                f"{number}. {entry.method} ({entry.code})",
                f"   vertices moved {entry.vertices_moved}, added {entry.vertices_added}, "
                f"removed {entry.vertices_removed}",
                f"   length {_km(entry.length_before_km)} before, {_km(entry.length_after_km)} after",
            ]
            lines += [f"   type: {change}" for change in entry.type_changes]
            lines += [f"   dropped: {part}" for part in entry.dropped] or ["   dropped: nothing"]
            lines += [f"   {change}" for change in entry.other]
        if self.reading.findings:
            lines += ["", "Left as found: " + ", ".join(dict.fromkeys(f.code for f in self.reading.findings))]
        return "\n".join(lines) + "\n"


def _km(length: float | None) -> str:
    return "not measurable" if length is None else f"{length:.3f} km"


def mend(reading: Reading, codes: Collection[str] | Mapping[str, str | None]) -> Mended:
    """Return the reading with the accepted faults mended, and nothing else changed.

    `codes` are codes of findings, with the system to convert from where "projected-coordinates" leaves a choice.
    A code that cannot be mended, or is not found, does nothing. A file in another format is written as GeoJSON.
    """
    accepted = dict(codes) if isinstance(codes, Mapping) else dict.fromkeys(codes)
    data = reading.data if is_json_like(reading.data) else reading.document or reading.data
    ledger: list[LedgerEntry] = []
    current = reading
    for _ in range(ROUNDS):
        found = {finding.code for finding in current.findings if finding.mendable}
        due = [check for code, check in MENDABLE.items() if code in found and code in accepted]
        before = data
        data, entries = _round(data, due, accepted, current.system)
        ledger += entries
        if data == before:
            break
        current = _reread(reading, data)
    return Mended(reading, current, data, tuple(ledger), accepted)


def _reread(original: Reading, data: bytes) -> Reading:
    return replace(read_route(data, original.file), file=original.file)


def _round(
    data: bytes, due: list[Check[Any]], accepted: Mapping[str, str | None], system: str | None
) -> tuple[bytes, list[LedgerEntry]]:
    """Do the mends that are due, text before document; return the text and the entries of those that did something."""
    entries: list[LedgerEntry] = []
    for check in due:
        if check.mend is not None and check.mend.text is not None:
            data, account = check.mend.text(data)
            entries.append(_entry(check, account, None, None))
    due = [check for check in due if check.mend is not None and check.mend.text is None]
    if not due:
        return data, entries
    document = parse(data.removeprefix(BOM))
    before = _length_km(document)
    changed = False
    for check in due:
        given = Given(REGION, system, accepted[check.code])
        document, account = _done(check, document, given)
        if not account.nothing:
            after = _length_km(document)
            entries.append(_entry(check, account, before, after))
            before, changed = after, True
    return (_written(document) if changed else data), entries


def _done(check: Check[Any], document: Json, given: Given) -> tuple[Json, Account]:
    method = check.mend
    if method is not None and method.document is not None:
        return method.document(document)
    if method is not None and method.placed is not None:
        return method.placed(document, given)
    return document, Account()


def _entry(check: Check[Any], account: Account, before: float | None, after: float | None) -> LedgerEntry:
    return LedgerEntry(
        code=check.code,
        method=check.mend.method if check.mend is not None else "",
        vertices_moved=account.moved,
        vertices_added=account.added,
        vertices_removed=account.removed,
        type_changes=account.type_changes,
        dropped=account.dropped,
        other=account.other,
        length_before_km=before,
        length_after_km=after,
    )


def _length_km(document: Json) -> float | None:
    """Return the length of all lines of a document; None when some are not in degrees."""
    lines = [run.lonlat for run in structure_of(document).runs if run.role == "line" and run.lonlat is not None]
    if not all(in_degrees(line) for line in lines):
        return None
    return float(sum(segment_lengths_m(line).sum() for line in lines)) / 1000.0


def _written(document: Json) -> bytes:
    """Return a document as text; whole numbers too large for orjson's integers are left to the standard library."""
    try:
        return orjson.dumps(document)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
