"""What was found of a reader's file, in words: a headline, the facts about it, its findings, its ledger of mends."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypedDict

from markupsafe import Markup

from corridor.land.geodesy import CRS84
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.tables import element
from corridor.quantities import bare_kilometres, counted, listed
from corridor.reading.axis_order import LATITUDE_FIRST, SWAPPED
from corridor.reading.checks.file import POLYGON_FOR_LINE
from corridor.reading.checks.misplaced import SWAPPED_PARTLY
from corridor.reading.checks.systems import THE_FILE_SAYS, YOU_CHOSE
from corridor.reading.degree_forms import GON_FOR_DEGREES, IN_GON
from corridor.reading.faults import Finding, Severity
from corridor.reading.ledger import LedgerEntry
from corridor.reading.limits import of_bytes
from corridor.reading.mend import MENDABLE
from corridor.reading.reference_systems import is_plain, label
from corridor.reading.repairs.systems import CLEAR, QUESTIONS, UNMEASURED
from corridor.reading.route import GeojsonVerdict, Reading

PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
#: What a severity means, said above its findings.
SEVERITIES = {
    Severity.ERROR: "Wrong in the file: this part of it cannot be read, or other programs may read it differently.",
    Severity.WARNING: "May mislead, or leaves a question open: see whether it is meant.",
    Severity.NOTE: "Worth knowing; whether to act on it is up to you.",
}
GEOJSON = {
    GeojsonVerdict.VALID: "the file is intact",
    GeojsonVerdict.WARNING: "the file is intact",
    GeojsonVerdict.INVALID: "not as its standard (RFC 7946) asks",
    GeojsonVerdict.NOT_GEOJSON: "not GeoJSON",
}
SHORT_HASH = 12
WGS84_DEGREES = "longitude and latitude on WGS84"
#: Codes of findings whose mend makes a line of what is none.
GIVE_A_LINE = (POLYGON_FOR_LINE,)
#: Codes of a file that holds neither a line nor a point, and of a line that is too long to be a route.
WITHOUT_ANY, TOO_LONG = "format-without-features", "route-too-long"
#: Codes of findings whose place is shown where it lies once its two numbers are exchanged.
SHOWN_EXCHANGED = (SWAPPED, SWAPPED_PARTLY)
#: What is said at a finding that gives no route: that there is none at all, or none from this entry.
IN_THE_WAY, ENTRY_LEFT_OUT = "stands in the way", "no route from this entry"
#: What the coordinates are by the answer to a file whose longitude and latitude seem exchanged, or to be gon.
ANSWERED = {
    LATITUDE_FIRST: "latitude before longitude on WGS84, exchanged as you chose",
    CRS84: f"{WGS84_DEGREES}, as you chose",
    IN_GON: "longitude and latitude in gon on WGS84, as you chose",
}


def headline(reading: Reading, measured: int, *, form: str, chosen: str | None = None, mended: bool = False) -> str:
    """Return in sentences what a file is, how many routes it gives, and what stands in the way of one.

    `measured` is how many of its routes were measured, `form` the format the file came in, `chosen` the system a reader
    chose for its numbers; `mended` says that the reading is that of a mended copy.
    """
    refused = _first(reading.findings, "system-contradicted")
    if chosen is None:
        said = ""
    elif refused is not None and refused.words["says"] == YOU_CHOSE:
        said = f"{refused.says} "
    else:
        said = f"You chose {label(chosen)}{_where_it_lies(reading)}. "
    sentence = _headline(reading, measured, form)
    return f"{said}After your mends: {sentence}" if mended else f"{said}{sentence}"


def _first(findings: Iterable[Finding], code: str) -> Finding | None:
    return next((finding for finding in findings if finding.code == code), None)


def _where_it_lies(reading: Reading) -> str:
    """Return that a line lies outside the region, and how far: ", but so read the line lies 870 km outside …"."""
    outside = _first(reading.findings, "outside-region")
    return f", but so read the line lies {outside.words['away']} outside the mapped region" if outside else ""


def _headline(reading: Reading, measured: int, form: str) -> str:
    known = form not in ("unknown", "not read")
    count = len(reading.routes)
    if not count:
        obstacles = [finding for finding in reading.findings if finding.blocks]
        # A Shapefile is a file by its name.
        named = f"this {form.removesuffix('file')}{'' if form.endswith('file') else ' '}file" if known else "this file"
        if obstacles and all(finding.choices for finding in obstacles):
            return f"No route can be taken from {named} yet: a question has to be answered first, below."
        way = f", for {counted(len(obstacles), 'reason')}" if obstacles else ""
        mendable = sum(finding.mendable for finding in obstacles)
        if not mendable and _gives_a_line(reading.findings):
            return f"No route can be taken from {named}{way}; a mend below can give one."
        hope = f", of which {mendable} can be mended below" if mendable and len(obstacles) > 1 else ""
        hope = ", which can be mended below" if mendable and len(obstacles) == 1 else hope
        return f"No route can be taken from {named}{way}{hope}."
    opening = f"{form if known else 'The file'} with {counted(count, 'route')}"
    if count > measured:
        opening += f", the first {measured} of which are measured here (“corridor check” measures more)"
    tally = findings_tally(reading.findings)
    return f"{opening}; {tally}." if tally else f"{opening}; nothing was found to be wrong with it."


def _gives_a_line(findings: Iterable[Finding]) -> bool:
    """Whether a mend that is offered makes a line of what is none."""
    return any(finding.mendable and finding.code in GIVE_A_LINE for finding in findings)


def card_lines(reading: Reading, form: str, lengths: Sequence[tuple[float, float | None]]) -> list[str]:
    """Return what the card of a file says: its kilometres or why there are none, its format, and what was found.

    `form` is the format the file came in, `lengths` the lengths in km of the routes that were measured,
    each with its accuracy in metres.
    """
    count = len(reading.routes)
    if not count:
        asked = any(finding.blocks and finding.choices for finding in reading.findings)
        hope = _gives_a_line(reading.findings) or any(f.blocks and f.mendable for f in reading.findings)
        drawn = _first(reading.findings, TOO_LONG)
        first = f"Not measured: {drawn.says}" if drawn else "No line to measure"
        if asked or hope:
            first = "Not measured: " + ("a question has to be answered first" if asked else "a mend is offered")
    elif len(lengths) == 1 == count:
        first = f"{bare_kilometres(*lengths[0])} km"
    else:
        low, high = (f"{bare_kilometres(*end(lengths, key=itemgetter(0)))} km" for end in (min, max))
        among = f"{count:,} routes" if len(lengths) == count else f"The first {len(lengths)} of {count:,} routes"
        first = f"{among}: {low} each" if low == high else f"{among}: {low} to {high}"
    known = form if form not in ("unknown", "not read") else ""
    return [first, "; ".join(part for part in (known, findings_tally(reading.findings)) if part)]


def findings_tally(findings: Sequence[Finding]) -> str:
    """Return how many findings of each weight there are: "1 error, 2 warnings and 1 note"; nothing for none."""
    counts = Counter(finding.severity for finding in findings)
    return listed([counted(counts[severity], severity.value) for severity in Severity if counts[severity]])


def chosen_system(accepted: Mapping[str, str | None]) -> str | None:
    """Return the system that was chosen for the numbers of a file, by the mends that were accepted."""
    return next((accepted[code] for code in (*QUESTIONS, CLEAR) if accepted.get(code)), None)


def file_facts(
    reading: Reading, size: int, chosen: str | None = None, *, converted: bool = False, order: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the facts about a file as (what, value): format, coordinates, size, hash.

    `chosen` is the system a reader chose for its numbers, and `converted` whether they were converted from it; `order`
    is the answer to which of two numbers comes first, or in which unit they are, where that is not clear.
    """
    form = reading.format
    if reading.geojson is not GeojsonVerdict.NOT_GEOJSON:
        form = f"{form}, {GEOJSON[reading.geojson]}"
    return (
        ("Format", form),
        ("Coordinates", _coordinates(reading, chosen, converted, order)),
        ("Size", of_bytes(size)),
        ("SHA-256", f"{reading.sha256[:SHORT_HASH]}…"),
    )


def _coordinates(reading: Reading, chosen: str | None, converted: bool, order: str | None) -> str:
    """Return what the numbers of a file are: as a reader chose, else as the file says, else as they were read."""
    if chosen is not None:
        done = f"converted to {WGS84_DEGREES}" if converted else "not converted"
        return f"{WGS84_DEGREES}, as you chose" if is_plain(chosen) else f"{label(chosen)}, as you chose; {done}"
    refused = _first(reading.findings, "system-contradicted")
    if _first(reading.findings, WITHOUT_ANY):
        return "none in the file"
    if _first(reading.findings, SWAPPED):
        system = ANSWERED.get(order or "", "degrees, in an order that is not clear")
    elif _first(reading.findings, GON_FOR_DEGREES):
        system = ANSWERED.get(order or "", "degrees or gon, which is not clear")
    elif refused and refused.words["says"] == THE_FILE_SAYS:
        system = f"{refused.words['system']}, as the file says; not converted"
    else:
        names = reading.crs.split(", ") if reading.crs else []
        assumed = f"{WGS84_DEGREES}, assumed" if reading.routes else "not known"
        system = listed([WGS84_DEGREES if name == CRS84 else label(name) for name in names]) or assumed
    return f"{system}, converted to {WGS84_DEGREES}" if reading.converted else system


def facts_html(facts: Sequence[tuple[str, str]], sha256: str) -> Markup:
    """Return the facts in one line of pairs; the whole hash stands in the title of the short one."""
    pairs = [
        element("div", element("dt", what), element("dd", value, **({"title": sha256} if what == "SHA-256" else {})))
        for what, value in facts
    ]
    return element("dl", *pairs, class_="file-facts")


class FindingRecord(TypedDict):
    """A finding as the map component lists and marks it, in degrees; `mend` in words, where there is one.

    `needed` says that the mend should be done, not only that it can be: nothing needs to be done about a note.
    `asked` says that it is a question to the reader, `tag` that no route comes of it, `exchanged` that its place is
    shown with its two numbers exchanged. `number` stands in its mark; a place that is no finding has letters.
    """

    number: int | str
    severity: str
    says: str
    advice: str
    where: str
    lat: float | None
    lon: float | None
    mend: str
    needed: bool
    accepted: bool
    asked: bool
    tag: str
    exchanged: bool


def finding_records(
    findings: Sequence[Finding], accepted: Collection[str], *, in_copy: bool = False, measured: bool = False
) -> list[FindingRecord]:
    """Return findings in the form the map component lists and marks them, the gravest first, numbered from 1.

    `in_copy` says that they are those of a mended copy, whose lines and columns are not those of the file that came;
    `measured` that routes were taken from the file all the same.
    """
    order = list(Severity)

    def in_the_way(finding: Finding) -> bool:
        return finding.blocks or (not measured and finding.code in GIVE_A_LINE)

    ranked = sorted(findings, key=lambda finding: (order.index(finding.severity), not in_the_way(finding)))
    return [
        {
            "number": number,
            "severity": str(finding.severity),
            "says": finding.says,
            "advice": finding.advice,
            "where": _where(finding, in_copy=in_copy),
            "lat": finding.lat,
            "lon": finding.lon,
            "mend": mend_words(finding.code) if finding.mendable else "",
            "needed": finding.mendable and finding.severity is not Severity.NOTE,
            "accepted": finding.code in accepted,
            "asked": bool(finding.choices),
            "tag": (ENTRY_LEFT_OUT if measured else IN_THE_WAY) if in_the_way(finding) else "",
            "exchanged": finding.code in SHOWN_EXCHANGED and not (in_copy or finding.code in accepted),
        }
        for number, finding in enumerate(ranked, start=1)
    ]


def _where(finding: Finding, *, in_copy: bool) -> str:
    """Return the place of a finding in words: "line 12, column 8; entry 3 of the file"; nothing where it has none."""
    parts = []
    if finding.line is not None and not in_copy:
        parts.append(f"line {finding.line:,}, column {finding.column or 1:,}")
    if finding.feature is not None:
        parts.append(f"entry {finding.feature + 1:,} of the file")
    return "; ".join(parts)


def mend_words(code: str) -> str:
    """Return what the mend of a finding does, as a sentence without its full stop."""
    method = MENDABLE[code].mend
    words = method.method if method is not None else ""
    return f"{words[:1].upper()}{words[1:]}"


def ledger_sheet(ledger: Sequence[LedgerEntry], accuracy_m: float | None = None) -> Sheet:
    """Return every mend that was done: method, vertices, types, length before and after, what was dropped.

    Lengths have the decimals that an accuracy of the line in metres bears, and more where the change needs them.
    """
    rows: list[tuple[SheetEntry, ...]] = [
        (
            f"{entry.method[:1].upper()}{entry.method[1:]}",
            f"{entry.vertices_moved:,} moved, {entry.vertices_added:,} added, {entry.vertices_removed:,} removed",
            *_lengths(None if entry.code in UNMEASURED else entry.length_before_km, entry.length_after_km, accuracy_m),
            (*entry.type_changes, *entry.other) or None,
            entry.dropped or "nothing",
        )
        for entry in ledger
    ]
    return Sheet(
        "What was changed",
        ("Mend", "Points", "Length before", "Length after", "Other changes", "Dropped"),
        tuple(rows),
    )


def _lengths(before: float | None, after: float | None, accuracy_m: float | None) -> tuple[str, str]:
    """Return two lengths in km as the page writes the line's own, with more decimals where they would look the same."""
    shown = [None if km is None else f"{bare_kilometres(km, accuracy_m)} km" for km in (before, after)]
    if before is not None and after is not None and shown[0] == shown[1]:
        apart = (count for count in (1, 2, 3) if f"{before:.{count}f}" != f"{after:.{count}f}")
        if decimals := next(apart, None):
            shown = [f"{km:,.{decimals}f} km" for km in (before, after)]
    return shown[0] or "not measurable before", shown[1] or "not measurable"
