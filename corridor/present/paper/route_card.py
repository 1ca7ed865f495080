"""One page on one route: where it runs, its numbers with their exactness, and what can be said of paragraph 3."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import shapely

from corridor.assessing.ground_along import ground_along
from corridor.assessing.ground_profile import LIMITS
from corridor.assessing.heights_off_ground import said_with_heights
from corridor.assessing.measures import Measures
from corridor.assessing.neighbours import BorderCrossing
from corridor.assessing.region import Region
from corridor.candidates import MODE_WORDS
from corridor.land.elevation import read_elevation
from corridor.legs import Leg, by_country, known_lengths
from corridor.present.cartography.composing import StaticMap
from corridor.present.cartography.framing import LAND
from corridor.present.cartography.ground_band import BandLook, ground_band
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import A4
from corridor.present.cartography.svg import svg
from corridor.present.paper.card_parts import (
    Fitting,
    answers,
    card_map,
    card_title,
    cited_sources_line,
    colours_of,
    layer_notes,
    not_judged,
    on_one_page,
)
from corridor.present.paper.typesetting import Content, PrintedDocument, Svg
from corridor.present.style import LIGHT
from corridor.present.subject import LineOrigin, Subject
from corridor.quantities import (
    counted,
    day,
    drawn_off,
    kilometres,
    metres,
    used_kilometres,
    within,
)

#: How high the map is in points, and how many crossings are listed: the fullest card first, until one page holds it.
FITTINGS = tuple(
    Fitting(float(high), max(1, (high - other) // 20), ground)
    for ground, heights, other in ((True, range(400, 105, -15), 105), (False, range(265, 130, -15), 150))
    for high in heights
)
#: Points: how high the plot of the ground is, and the size of what is written in it.
GROUND_HEIGHT, GROUND_SIZE = 44.0, 0.8
#: What is said for information beside the numbers, where it says something of this line.
REMARKS = (("G4", "Other countries."), ("G15", "Delimitation."), ("G16", "Areas under delimitation."))
NOT_DRAWN_HERE = f"There was no room here for its drawing; the page Check a route has it. {LIMITS}"
NOT_DRAWN = "The line lies outside the land that is drawn here."
#: Kilometres from a third State's border whose band is told.
BAND_KM = 1.0
#: The layers every number of a card rests on, and how many publishers of the status of posts are named.
MEASURED_AGAINST, PUBLISHERS = ("territory", "border", "exclave", "crossing"), 6


def route_card(
    subject: Subject,
    region: Region,
    land: Land,
    *,
    made_on: date,
    handling: str = "",
) -> bytes:
    """Return the card of one route as a PDF of exactly one A4 page.

    Every number stands with its unit and how exactly it is known; crossings that find no room are counted, and it is
    said where they are found. Raises TooLongError when even the shortest card is too long.
    """
    document = PrintedDocument(card_title(subject.name), made_on, handling, pages=1)
    measures, legs = subject.assessment.measures, subject.assessment.attributes.legs
    fixed: dict[str, Content] = {
        "eyebrow": "Declaration Map · Card of a route",
        "subtitle": _subtitle(subject, made_on),
        "numbers": {
            "heading": "Lengths, published first" if legs else "Measured",
            "rows": [*_length_rows(measures, legs), *_numbers(measures, region, drawn_or_mended(subject.origin))],
        },
        "territories": {
            "heading": "Kilometres by territory" + (", published first" if legs else ""),
            "rows": _by_segments(legs, region) if legs else _territories(measures, region),
        },
        "answers": answers(subject.assessment),
        "remarks": _remarks(subject),
        "notes": _notes(subject, land),
    }
    ground = ground_along(subject.assessment, region, read_elevation())
    look = BandLook(A4.width, GROUND_HEIGHT, GROUND_SIZE)
    band = ground_band(ground, measures.profile, region, LIGHT, look, subject.name)
    says = said_with_heights(ground, measures.profile)
    drawn_ground: Content = {"svg": Svg(svg(band.drawing)), "alt": band.drawing.alt}
    description = f"The line “{subject.name}” on the land it crosses."

    def filled(fitting: Fitting) -> Mapping[str, Content]:
        drawing = {"drawn": drawn_ground} if fitting.ground else {}
        words = {"says": says, "small_print": band.small_print if fitting.ground else NOT_DRAWN_HERE}
        crossings = _crossings(measures, region, fitting.rows, drawn_or_mended(subject.origin))
        return {**fixed, "crossings": crossings, "ground": {**words, **drawing}}

    def drawn(fitting: Fitting) -> StaticMap:
        sheet = replace(A4, height=fitting.map_height, size=0.9, names_own=False)
        return card_map([subject], land, sheet, description, numbered=False)

    return on_one_page("route-card.typ", document, FITTINGS, filled, drawn)


def _subtitle(subject: Subject, made_on: date) -> str:
    mode = subject.assessment.route.mode
    said = f"{MODE_WORDS[mode]}. " if mode else ""
    return f"{said}{subject.origin.says} Made on {day(made_on)}."


def hashes_said(origin: LineOrigin) -> str:
    """Return the hash of the file that was measured; of a mended one that of the file as sent and of the copy."""
    if origin.mended_sha256:
        return f"SHA-256 of the file as sent: {origin.sha256}; of the mended copy measured: {origin.mended_sha256}"
    return f"SHA-256 of the file measured: {origin.sha256}"


def _how_long(measures: Measures) -> str:
    again = f"; {measures.said_of_repeats}" if measures.said_of_repeats else ""
    return f"along the ground through {measures.vertices:,} points (WGS84 geodesics){again}"


def _length_rows(measures: Measures, legs: Sequence[Leg]) -> list[Content]:
    """Return the length of a line as measured; of a shipped candidate the published one first, then ours as drawn."""
    measured = kilometres(measures.length_km)
    if not legs:
        return [["Length", measured, _how_long(measures)]]
    lengths = known_lengths(legs)
    drawn = sum(len(length.legs) for length in lengths if length.used == "drawn")
    published = f"published; of {counted(drawn, 'segment')} as drawn here" if drawn else "published"
    return [
        ["Length", f"{used_kilometres(legs)} km", published],
        ["As drawn here", measured, drawn_off(legs) or _how_long(measures)],
    ]


def drawn_or_mended(origin: LineOrigin) -> str:
    """Return how a line was measured: as drawn in its file, or as mended here."""
    return "as mended" if origin.mended_sha256 else "as drawn"


def _numbers(measures: Measures, region: Region, how: str) -> list[Content]:
    band = next(band for band in measures.bands if band.within_km == BAND_KM)
    nearest = measures.nearest_third_state
    inside = sum(area.km for area in measures.overlaps)
    outlines = sorted(area.accuracy_m for area in region.areas)
    unsure = f"; the line is too rough to say for {kilometres(band.unsure_km)}" if band.unsure_km else ""
    return [
        ["Sideways accuracy of the line", within(measures.accuracy.metres), measures.accuracy.says],
        [
            f"Borders crossed {how}",
            f"{len(measures.crossings)}",
            f"{measures.sure_crossings} of them beyond the combined uncertainty",
        ],
        [
            "Inside areas under delimitation",
            kilometres(inside),
            f"outlines known to {metres(outlines[0])} to {metres(outlines[-1])}",
        ],
        [
            f"Within {band.within_km:g} km of the border of a third State",
            kilometres(band.km),
            f"nearest {nearest.away} at km {nearest.at_km:,.1f}{unsure}",
        ],
    ]


def _by_segments(legs: Sequence[Leg], region: Region) -> list[Content]:
    """Return a row for each territory a candidate has segments in, published lengths first, by the name of it."""
    sums = by_country(legs)
    longest = max(km.used for km in sums.values()) or 1.0
    rows: list[Content] = []
    for country, km in sorted(sums.items(), key=lambda entry: region.label(entry[0])):
        fill, edge = colours_of(region.state(country))
        rows.append(
            {
                "name": region.label(country),
                "km": f"{km.used:,.1f}",
                "between": f"{km.low:,.1f} – {km.high:,.1f}",
                "bar": [{"share": km.used / longest, "fill": fill, "edge": edge}],
            }
        )
    return rows


def _territories(measures: Measures, region: Region) -> list[Content]:
    """Return a row for each territory, in the order of its name, with a bar of its share of the longest."""
    longest = max(share.km for share in measures.shares) or 1.0
    rows: list[Content] = []
    for share in sorted(measures.shares, key=lambda share: region.label(share.territory)):
        fill, edge = colours_of(region.state(share.territory))
        rows.append(
            {
                "name": region.label(share.territory),
                "km": f"{share.km:,.1f}",
                "between": f"{share.least_km:,.1f} – {share.most_km:,.1f}",
                "bar": [{"share": share.km / longest, "fill": fill, "edge": edge}],
            }
        )
    return rows


def _crossings(measures: Measures, region: Region, listed: int, how: str) -> Content:
    every = measures.crossings
    left = len(every) - listed
    more = (
        f"{counted(left, 'more crossing')} found no room here; the page Check a route lists all of them, and so do its "
        "downloads."
    )
    return {
        "heading": "Borders crossed, in the order of the line",
        "rows": [_crossing(crossing, region) for crossing in every[:listed]],
        "none": f"The line {how} crosses no border." if not every else more if left > 0 else "",
    }


def _crossing(crossing: BorderCrossing, region: Region) -> Content:
    post = crossing.post
    known = "none known between the two"
    if post is not None and crossing.post_distance_m is not None:
        near = crossing.post_distance_m <= max(crossing.accuracy_m or 0.0, post.accuracy_m)
        where = "here" if near else f"{metres(crossing.post_distance_m)} away"
        known = f"{post.label}, {where}: {post.status} ({day(post.status_as_of)})"
    return [
        f"{crossing.at_km:,.1f}",
        f"{region.label(crossing.before)} – {region.label(crossing.after)}",
        f"{crossing.lat:.3f}, {crossing.lon:.3f}",
        "not known" if crossing.accuracy_m is None else within(crossing.accuracy_m),
        known,
    ]


def _remarks(subject: Subject) -> list[Content]:
    measured = f"line {drawn_or_mended(subject.origin)}"
    because = {criterion: subject.assessment.verdict(criterion).judgement.because for criterion, _ in REMARKS}
    remarks: list[Content] = [
        {"lead": lead, "words": because[criterion].replace("line as drawn", measured)} for criterion, lead in REMARKS
    ]
    seen = shapely.intersects(subject.assessment.route.line, shapely.box(*LAND))
    outside: list[Content] = [] if seen else [{"lead": "Not on the map.", "words": NOT_DRAWN}]
    return [*outside, *remarks, {"lead": "Not judged here.", "words": not_judged()}]


def _notes(subject: Subject, land: Land) -> list[Content]:
    posts = [crossing.post for crossing in subject.assessment.measures.crossings if crossing.post is not None]
    sources = [source for post in posts for source in post.sources]
    status = f"Status of posts after {cited_sources_line(land.shipped, sources, PUBLISHERS)}." if sources else ""
    return [
        hashes_said(subject.origin),
        "Measured against these layers. " + " ".join([*layer_notes(land.shipped, MEASURED_AGAINST), status]).strip(),
    ]
