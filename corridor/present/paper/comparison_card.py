"""One page on two to six routes side by side: the same numbers for each, how they differ, where they part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from corridor.assessing.comparison import Comparison, Pairing, QuantityRow
from corridor.assessing.ground_along import ground_along
from corridor.assessing.ground_profile import GroundProfile
from corridor.assessing.judging import Verdict
from corridor.assessing.region import Region
from corridor.candidates import MODE_WORDS
from corridor.land.elevation import read_elevation
from corridor.present.cartography.composing import StaticMap
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import A4
from corridor.present.comparing.tables import of_shown
from corridor.present.ground_sheets import WITHIN, range_words
from corridor.present.paper.card_parts import (
    Fitting,
    card_map,
    card_title,
    colours_of,
    layer_notes,
    not_judged,
    on_one_page,
)
from corridor.present.paper.typesetting import Content, PrintedDocument
from corridor.present.subject import Subject
from corridor.present.typography.typefaces import shortened, width
from corridor.present.verdicts import HEADING, SYMBOLS, answered, verdict_words
from corridor.quantities import (
    bare_kilometres,
    counted,
    day,
    kilometres,
    listed,
    longer_or_shorter,
    metres,
    used_kilometres,
    within,
)

#: From the fullest to the shortest card: the height of the map in points, and how many stretches apart are told.
FITTINGS = tuple(Fitting(float(high), max(1, (high - 60) // 70)) for high in range(400, 100, -15))
#: The layers every number of a card rests on.
MEASURED_AGAINST = ("territory", "border", "exclave")
#: Points: the size of the words in a bar, what a bar stands in from the left, the size of a name and its room.
WORDS, BAR_INDENT, NAME_SIZE, NAME_ROOM = 6.2, 12.0, 7.8, 200.0
#: The column of what is measured is so many times as wide as that of a route.
LABEL_SHARE = 2.4
NONE = "–"
TOO_ROUGH = "too rough to say"
#: Names of territories that have to fit into a bar.
SHORT = {"az-mainland": "Azerbaijan, main part", "az-nakhchivan": "Nakhchivan AR"}
#: Rows that a card has no room for begin with these words.
LEFT_TO_DOWNLOADS = ("Within 0.5 km", "Within 5 km", "Line too rough", "Straightness")


def comparison_card(
    comparison: Comparison,
    subjects: Sequence[Subject],
    region: Region,
    land: Land,
    *,
    made_on: date,
    handling: str = "",
) -> bytes:
    """Return the card of a comparison as a PDF of exactly one A4 page; `subjects` are its routes in its order.

    The first route is the one the others are compared with. There is no total and no order of merit. Raises ValueError
    when the subjects are not the routes compared, TooLongError when even the shortest card is too long.
    """
    names = tuple(subject.assessment.route.name for subject in subjects)
    if names != comparison.names:
        raise ValueError(f"The card was given the routes {names}, the comparison is of {comparison.names}.")
    document = PrintedDocument(card_title("Routes side by side"), made_on, handling, pages=1)
    grounds = [ground_along(subject.assessment, region, read_elevation()) for subject in subjects]
    fixed: dict[str, Content] = {
        "eyebrow": "Declaration Map · Card of a comparison",
        "subtitle": _subtitle(subjects, made_on),
        "routes": _routes(subjects),
        "bars": {"heading": "Kilometres by territory", "rows": _bars(subjects, region, A4.width)},
        "numbers": {
            "columns": _columns("km, where no other unit is named", subjects, numeric=True),
            "rows": [*_rows(comparison, subjects), _ground(grounds)],
        },
        "answers": {
            "columns": _columns("Question", subjects, numeric=False),
            "rows": _answers(subjects),
            "heading": HEADING,
        },
        "notes": _notes(subjects, land, grounds[0].source),
    }

    def filled(fitting: Fitting) -> Mapping[str, Content]:
        return {**fixed, "remarks": _remarks(comparison, subjects, fitting.rows)}

    def drawn(fitting: Fitting) -> StaticMap:
        sheet = replace(A4, height=fitting.map_height, size=0.9, names_own=False)
        description = f"{counted(len(subjects), 'numbered line')} on the land they cross."
        return card_map(subjects, land, sheet, description, numbered=True)

    return on_one_page("comparison-card.typ", document, FITTINGS, filled, drawn)


def _subtitle(subjects: Sequence[Subject], made_on: date) -> str:
    return (
        f"{counted(len(subjects), 'route')} in the order in which they were chosen; differences are from route 1. On "
        f"this map all are drawn alike, whatever is known of their course. Made on {day(made_on)}."
    )


def _routes(subjects: Sequence[Subject]) -> Content:
    """Return the routes by number; what is said of where they come from once where it is the same for all."""
    origins = dict.fromkeys(subject.origin.says for subject in subjects)
    rows: list[Content] = [
        {
            "number": str(number),
            "name": shortened(subject.name, 2 * NAME_ROOM, NAME_SIZE, 600),
            "says": subject.origin.says if len(origins) > 1 else "",
        }
        for number, subject in enumerate(subjects, start=1)
    ]
    return {"rows": rows, "says": "" if len(origins) > 1 else f"All: {next(iter(origins))}"}


def _columns(heading: str, subjects: Sequence[Subject], *, numeric: bool) -> list[Content]:
    routes: list[Content] = [
        {"heading": f"Route {number}", "numeric": numeric, "share": 1} for number in range(1, len(subjects) + 1)
    ]
    return [{"heading": heading, "share": LABEL_SHARE}, *routes]


def _rows(comparison: Comparison, subjects: Sequence[Subject]) -> list[Content]:
    """Return the rows of numbers, each value with its difference from the first route, then how far they lie apart."""
    rows = [row for row in comparison.rows if not row.label.startswith(LEFT_TO_DOWNLOADS)]
    length, *others = rows
    near = [pairing.to_base for pairing in comparison.pairings]
    lengths = [subject.assessment.measures.length_km for subject in subjects[1:]]
    together = [f"{nearness.share * km:,.1f}" for nearness, km in zip(near, lengths, strict=True)]
    return [
        *(_row(row) for row in (length, *comparison.by_territory, *others)),
        [f"Of it within {metres(near[0].within_m)} of route 1", NONE, *together],
        ["Half of it lies from route 1 within", NONE, *(metres(nearness.p50_m) for nearness in near)],
        ["All of it lies from route 1 within", NONE, *(metres(nearness.p100_m) for nearness in near)],
    ]


def _ground(grounds: Sequence[GroundProfile]) -> Content:
    """Return the lowest and the highest ground beside each route; no difference, for the model bears none."""
    return ["Ground beside it, lowest to highest", *(range_words(ground) for ground in grounds)]


def _row(row: QuantityRow) -> Content:
    if row.lengths:
        first, *rest = (
            used_kilometres(length.legs) if length.legs else _number(length.km, "km") for length in row.lengths
        )
    else:
        first, *rest = (_number(value, row.unit) for value in row.values)
    differences = list(row.differences)
    for number, length in enumerate(row.lengths[1:]):
        if differences[number] is not None and not (row.lengths[0].legs or length.legs):
            differences[number] = of_shown(row, number)
    others = [
        value if difference is None or row.unit == "m" else f"{value} ({_number(difference, row.unit, signed=True)})"
        for value, difference in zip(rest, differences, strict=True)
    ]
    return [row.label, first, *others]


def _number(value: float | None, unit: str, *, signed: bool = False) -> str:
    if value is None:
        return TOO_ROUGH
    if unit == "m":
        return within(value)
    decimals = 1 if unit == "km" else 0
    if signed:
        return longer_or_shorter(value, decimals)
    return bare_kilometres(value) if unit == "km" else f"{value:,.0f}"


def _bars(subjects: Sequence[Subject], region: Region, room: float) -> list[Content]:
    """Return a bar for each route, as long as the route, in pieces by territory in the order of their names."""
    longest = max(subject.assessment.length_km for subject in subjects) or 1.0
    rows: list[Content] = []
    for number, subject in enumerate(subjects, start=1):
        pieces: list[Content] = []
        for territory, km in sorted(
            subject.assessment.by_territory_km.items(), key=lambda share: region.label(share[0])
        ):
            fill, edge = colours_of(region.state(territory))
            label, whole = SHORT.get(territory, region.label(territory)), f"{km:,.0f}"
            wide = km / longest * (room - BAR_INDENT)
            words = next((w for w in (f"{label} {whole}", whole) if width(w, WORDS) + 4 <= wide), "")
            pieces.append({"share": km / longest, "fill": fill, "edge": edge, "words": words})
        rows.append({"number": str(number), "pieces": pieces})
    return rows


def _answers(subjects: Sequence[Subject]) -> list[Content]:
    return [
        [verdicts[0].criterion.question, *(_answer(verdict) for verdict in verdicts)]
        for verdicts in answered([subject.assessment for subject in subjects])
    ]


def _answer(verdict: Verdict) -> str:
    """Return an answer in a few words: kilometres in other countries as such."""
    judgement = verdict.judgement
    words = verdict_words(judgement) if verdict.criterion.tests_text else kilometres(judgement.value or 0.0)
    return f"{SYMBOLS[judgement.answer]} {words}"


def _remarks(comparison: Comparison, subjects: Sequence[Subject], at_most: int) -> list[Content]:
    remarks: list[Content] = [{"lead": "Modes differ.", "words": _modes(subjects)}] if comparison.modes else []
    for number, pairing in enumerate(comparison.pairings, start=2):
        remarks.append({"lead": f"Route {number} is apart from route 1", "words": _apart(pairing, at_most)})
    remarks.append({"lead": "Why an answer is as it is", "words": "stands on the card of each route."})
    return [*remarks, {"lead": "Not judged here.", "words": not_judged()}]


def _modes(subjects: Sequence[Subject]) -> str:
    modes: dict[str, list[str]] = {}
    for number, subject in enumerate(subjects, start=1):
        mode = subject.assessment.route.mode
        modes.setdefault(MODE_WORDS[mode] if mode else "mode not stated", []).append(str(number))
    numbered = "; ".join(f"{mode}: {listed(numbers)}" for mode, numbers in modes.items())
    return f"{numbered}. Kilometres of different modes are not alike."


def _apart(pairing: Pairing, at_most: int) -> str:
    """Return where another route runs apart from the first, in km along it, the longest stretches first."""
    apart = sorted((run for run in pairing.other_runs if not run.together), key=lambda run: run.from_km - run.to_km)
    if not apart:
        return "nowhere."
    places = [f"km {run.from_km:,.1f}–{run.to_km:,.1f}, up to {metres(run.farthest_m)}" for run in apart[:at_most]]
    more = f"; {counted(len(apart) - at_most, 'shorter stretch', 'shorter stretches')}" if len(apart) > at_most else ""
    return f"at {'; '.join(places)}{more}."


def _notes(subjects: Sequence[Subject], land: Land, of_heights: str) -> list[Content]:
    files: dict[str, list[str]] = {}
    for number, subject in enumerate(subjects, start=1):
        mended = f", mended to {subject.origin.mended_sha256}" if subject.origin.mended_sha256 else ""
        files.setdefault(f"{subject.origin.sha256}{mended}", []).append(str(number))
    hashes = (f"{sha256} (route {listed(numbers)})" for sha256, numbers in files.items())
    return [
        f"SHA-256 of the files measured: {'; '.join(hashes)}",
        "Measured against these layers. " + " ".join(layer_notes(land.shipped, MEASURED_AGAINST)),
        f"{WITHIN} {of_heights}.",
        "Each row of the comparison, settlements and further distances among them, is in its downloads.",
    ]
