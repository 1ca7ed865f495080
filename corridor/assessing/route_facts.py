"""What can be counted of a line where the Declaration sets no measure: countries, crossings, posts, neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.assessing import by_segments
from corridor.assessing.judging import Case, Judgement, information, no_data
from corridor.assessing.neighbours import RINGS_KM, BorderCrossing, Near, within_ring
from corridor.assessing.region import PARTIES
from corridor.quantities import counted, day, kilometres, listed, metres, within
from corridor.texts.edition import facts_as_of

TRIPP = "tripp"
#: Territories that are named in the order a line passes them beyond its uncertainty; of more it is told how many.
MOST_PASSED = 4
MIDDLE_RING, WIDEST_RING = RINGS_KM[1:]
#: Territories of the two States of the Declaration: each has its line, also where nothing lies near.
_OF_THE_DECLARATION = ("armenia", "az-mainland", "az-nakhchivan")
#: The layer of places took in every village of the municipality of Meghri, for which a census table was at hand.
FULLER_LIST = "The list is fuller for the municipality of Meghri, so counts of countries are not comparable."


def other_countries(case: Case) -> Judgement:
    """Count km outside Armenia and Azerbaijan."""
    if case.attributes.legs:
        return by_segments.other_countries(case)
    others = [s for s in case.measures.shares if case.region.state(s.territory) not in ("armenia", "azerbaijan")]
    if not others:
        return information("All of the line as drawn runs in Armenia and Azerbaijan.", 0.0, "km")
    parts = [
        f"{kilometres(s.km)} in {case.region.label(s.territory)} (between {kilometres(s.least_km)} and "
        f"{kilometres(s.most_km)}, given the accuracy of border and line)"
        for s in sorted(others, key=lambda share: case.region.label(share.territory))
    ]
    km = sum(s.km for s in others)
    return information(f"As drawn, {'. Also '.join(parts)}.", km, "km")


def border_crossings(case: Case) -> Judgement:
    """Count crossings of borders as drawn, and those beyond the combined uncertainty of border and line."""
    if case.attributes.legs:
        return by_segments.border_crossings(case)
    crossings = case.measures.crossings
    sure = case.measures.sure_crossings
    names = [case.region.label(territory) for territory in case.measures.sure_order]
    more = f" – and {len(names) - MOST_PASSED} more" if len(names) > MOST_PASSED else ""
    order = f" So it passes {' – '.join(names[:MOST_PASSED])}{more}." if names else ""
    clear = f"{sure} of them beyond the combined uncertainty of border and line"
    because = f"The line as drawn crosses a border {counted(len(crossings), 'time')}, {clear}.{order}"
    return information(because, float(len(crossings)), "crossings")


def missing_parts(case: Case) -> Judgement:
    """Say what of the route does not exist, from sourced statements only."""
    if case.attributes.missing is None:
        return no_data(
            "A line's geometry does not show whether a road or track exists along it; what a file says has no source."
        )
    said = case.attributes.missing
    because = (
        "No missing part is known." if not said else f"Sourced statements name {counted(len(said), 'missing part')}."
    )
    return information(because, float(len(said)), "parts", details=said, sources=case.attributes.sources)


def gauge_breaks(case: Case) -> Judgement:
    """Count changes of gauge or mode, from sourced statements only."""
    if case.attributes.breaks is None:
        return no_data("A line's geometry shows neither gauge nor mode.")
    said = case.attributes.breaks
    because = f"Sourced statements name {counted(len(said), 'change')} of gauge or mode."
    return information(because, float(len(said)), "changes", details=said, sources=case.attributes.sources)


def posts(case: Case) -> Judgement:
    """List the known post nearest to each crossing with its status and date."""
    if case.attributes.legs:
        return by_segments.posts(case)
    met = [crossing for crossing in case.measures.crossings if crossing.post is not None]
    if not met:
        return no_data("No post is known between the territories this line connects, or it crosses no border.")
    lines = tuple(_post_line(case, crossing) for crossing in met)
    operating = len({c.post.id for c in met if c.post is not None and c.post.status == "operating"})
    known = sorted({c.post.id: c.post for c in met if c.post is not None}.values(), key=lambda post: post.label)
    because = (
        f"The known posts nearest to its crossings: "
        f"{' '.join(f'{post.label}, {post.status} ({post.status_as_of}).' for post in known)}"
    )
    sources = tuple(dict.fromkeys(source for post in known for source in post.sources))
    return information(because, float(operating), "posts operating", details=lines, sources=sources)


def _post_line(case: Case, crossing: BorderCrossing) -> str:
    post = crossing.post
    if post is None or crossing.post_distance_m is None:
        return ""
    known = within(post.accuracy_m)
    nearer = crossing.post_distance_m < post.accuracy_m
    away = f"at the same spot, within {known}" if nearer else f"{metres(crossing.post_distance_m)} away ({known})"
    return (
        f"km {crossing.at_km:,.1f}, {case.region.label(crossing.before)} to {case.region.label(crossing.after)}: "
        f"{post.label}, {away}, {post.status}, {post.status_as_of}"
    )


@dataclass(frozen=True, slots=True)
class Links:
    """What a line links within Azerbaijan, and by crossings of the border with Armenia: words that end a sentence."""

    azerbaijan: str
    armenia: str


def linked(case: Case) -> Links:
    """Return what the line links within Azerbaijan, and between Armenia and Azerbaijan."""
    by_table = bool(case.attributes.legs)
    both = {"az-mainland", "az-nakhchivan"} <= set(
        by_segments.countries(case) if by_table else case.measures.sure_order
    )
    as_drawn = sum(
        {case.region.state(c.before), case.region.state(c.after)} == PARTIES for c in case.measures.crossings
    )
    between = by_segments.between_parties(case) if by_table else as_drawn
    joined = (
        "it joins the main part and the Nakhchivan Autonomous Republic"
        if both
        else "it joins no two parts of Azerbaijan"
    )
    order = by_segments.countries(case) if by_table else case.measures.sure_order
    parts = f"it joins {'two' if order.count('armenia') > 1 else 'no two'} parts of Armenia"
    times = "does not cross" if not between else f"crosses {counted(between, 'time')}"
    return Links(f"{joined} and {times} to Armenia", f"{parts} and {times} to Azerbaijan")


def links(case: Case) -> Judgement:
    """List what the line links: within Azerbaijan, between Armenia and Azerbaijan, and onward (no data)."""
    both = linked(case)
    onward = (
        "Which links follow for Armenia, for Azerbaijan or onward is not computed: no network of roads or railways "
        "is shipped."
    )
    as_known = "by its segments" if case.attributes.legs else "as the line is drawn"
    because = f"Links for Armenia: {both.armenia}. Links for Azerbaijan: {both.azerbaijan}; both {as_known}."
    return information(because, details=(onward,))


def settlements(case: Case) -> Judgement:
    """Count the settlements within the rings by country; people only from the dated census table."""
    near = case.measures.settlements
    countries = {*_OF_THE_DECLARATION, *(n.settlement.country for n in near)}
    by_name = {case.region.label(country): country for country in countries}
    here = {name: [n for n in near if n.settlement.country == country] for name, country in sorted(by_name.items())}
    counts = ". ".join(f"{name}: {_in_rings(beside)}" for name, beside in here.items())
    lines = tuple(
        f"{name}: {', '.join(f'{n.settlement.label} ({n.away})' for n in beside)}"
        for name, beside in here.items()
        if beside
    )
    because = f"Settlements on our list within {listed([f'{ring:g}' for ring in RINGS_KM])} km. {counts}. {FULLER_LIST}"
    value = float(sum(n.within(MIDDLE_RING) for n in near))
    return information(because, value, f"settlements within {MIDDLE_RING:g} km", details=lines)


def _in_rings(near: Sequence[Near]) -> str:
    counts = [within_ring(near, ring) for ring in RINGS_KM]
    measured = listed([str(count.measured) for count in counts])
    unsure = any(count.perhaps for count in counts)
    perhaps = f" (perhaps {listed([count.perhaps or str(count.measured) for count in counts])})" if unsure else ""
    people = [n.settlement.people for n in near if n.within(WIDEST_RING) and n.settlement.people is not None]
    census = f"{sum(people):,} people in {len(people)} of them, census of 2011" if people else "no census shipped"
    return f"{measured}{perhaps}; {census}"


def ways_within(case: Case) -> Judgement:
    """Give one way of each State by the former railways, the part that sourced tables answer."""
    lacking = "A change of shortest ways in either State needs a network of roads and railways; none is shipped."
    railways = case.region.former_railways
    if not railways:
        return no_data(lacking)
    ways = listed([f"{railway.way} is {railway.km:g} km" for railway in railways])
    because = f"{lacking} By the tables of the former railways {ways}, whatever this line is."
    sources = tuple(dict.fromkeys(source for railway in railways for source in railway.sources))
    return information(because, railways[0].km, "km", sources=sources)


def new_ways(_case: Case) -> Judgement:
    """Say that ways to other networks cannot be computed."""
    return no_data("New ways to other countries need a network of roads and railways, which is not shipped.")


def tripp_label(case: Case) -> Judgement:
    """Note a line that carries the name TRIPP outside Armenia; a note about a label, not about the line."""
    outside = case.measures.length_km - case.measures.share("armenia").km
    named = TRIPP in "".join(c if c.isalnum() else " " for c in case.route.name.casefold()).split()
    if not named:
        return information("The name of this line does not use the word TRIPP.")
    because = (
        "The name of this line uses the word TRIPP. Paragraph 4 places that project “in the territory of the Republic "
        f"of Armenia”; {case.km(outside)} of this line as drawn run outside it."
    )
    return information(because, outside, "km")


def project_parts(_case: Case) -> Judgement:
    """Point to where the question is answered: it is about the project, not about one line."""
    return information(
        "This question is about the project and not about one line; the Routes page shows what is known."
    )


def delimitation(case: Case) -> Judgement:
    """Count crossings of the border between Armenia and Azerbaijan by whether that reach is delimited."""
    if case.attributes.legs:
        return by_segments.delimitation(case)
    ours = [c for c in case.measures.crossings if c.border is not None and set(c.border.pair) == PARTIES]
    words = {True: "delimited", False: "not delimited", "part": "in the reach of which a part is delimited"}
    lines = tuple(
        f"km {c.at_km:,.1f}, {c.border.label}: {words.get(c.border.delimited or False, 'not examined')}"
        for c in ours
        if c.border is not None
    )
    open_ones = sum(1 for c in ours if c.border is not None and c.border.delimited is False)
    because = (
        f"{counted(len(ours), 'crossing')} between Armenia and Azerbaijan as drawn, {open_ones} where the border is "
        f"not delimited ({day(facts_as_of())})."
    )
    return information(because, float(open_ones), "crossings", details=lines)


def areas_under_delimitation(case: Case) -> Judgement:
    """List areas under delimitation the line enters or passes too close to say."""
    if case.attributes.legs:
        return by_segments.areas_under_delimitation(case)
    areas = case.measures.areas
    if not areas:
        return information("The line comes near none of the areas under delimitation that are drawn.", 0.0, "km")
    parts = [
        f"{kilometres(a.km)} inside {a.area.label}"
        if a.km > 0
        else f"{metres(a.distance_m)} from {a.area.label}, too close to say ({within(a.accuracy_m)})"
        for a in areas
    ]
    return information(f"As drawn: {'. '.join(parts)}.", sum(a.km for a in areas), "km")


def third_state_borders(case: Case) -> Judgement:
    """Count km near the border of a third State."""
    nearest = case.measures.nearest_third_state
    near = listed([f"{kilometres(band.km)} within {band.within_km:g} km" for band in case.measures.bands])
    rough = [f"{kilometres(band.unsure_km)} (within {band.within_km:g} km)" for band in case.measures.bands]
    unsure = [words for words, band in zip(rough, case.measures.bands, strict=True) if band.unsure_km > 0]
    because = (
        f"Near a third State's border run {near}."
        f"{f' The line is too rough to say for {listed(unsure)}.' if unsure else ''}"
        f" Nearest: {nearest.away} at km {nearest.at_km:,.1f} ({nearest.label})."
    )
    return information(because, case.measures.bands[1].km, "km")
