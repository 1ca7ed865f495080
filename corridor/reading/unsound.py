"""What is not valid GeoJSON and cannot be mended is left out of a copy, with an entry in its ledger."""

import orjson

from corridor.reading.bounding_boxes import follow
from corridor.reading.checks.all_checks import check_structure
from corridor.reading.faults import Severity
from corridor.reading.formats.json_text import parse, utf8_text, written
from corridor.reading.ledger import LedgerEntry
from corridor.reading.repairs.effect import lines_in
from corridor.reading.repairs.leaving_out import leave_out
from corridor.reading.structure import structure_of

#: The code in the ledger of what was left out because no repair makes it valid.
LEFT_OUT = "left-out"


def left_out(data: bytes) -> tuple[bytes, LedgerEntry | None]:
    """Leave out of a document what is not valid and cannot be mended; None where nothing can be, or nothing is left."""
    try:
        document = parse(utf8_text(data))
    except orjson.JSONDecodeError:
        return data, None
    before = lines_in(document)
    problems = check_structure(utf8_text(data), structure_of(document), most=None)
    paths = [finding.path for finding, _ in problems if finding.severity is Severity.ERROR]
    document, account = leave_out(document, [path for path in paths if path is not None])
    if account.nothing:
        return data, None
    if b'"bbox"' in data:
        account += follow(document, {})
    after = lines_in(document)
    entry = LedgerEntry(
        code=LEFT_OUT,
        method="leave out what is not valid GeoJSON and cannot be mended",
        vertices_moved=0,
        vertices_added=0,
        vertices_removed=before.vertices - after.vertices,
        type_changes=(),
        dropped=account.dropped,
        other=account.other,
        length_before_km=before.length_km,
        length_after_km=after.length_km,
        repeated_before_km=before.repeated_km,
        repeated_after_km=after.repeated_km,
    )
    return written(document), entry
