"""What lies beside one route as tables: areas under delimitation, borders of third States, settlements."""

from corridor.answering.figures import STATED, Figure
from corridor.assessing.neighbours import RINGS_KM, within_ring
from corridor.assessing.region import CENSUS_FACT
from corridor.assessing.route_facts import FULLER_LIST
from corridor.land.territory import TerritoryId
from corridor.present.own_route.figures import AS_DRAWN, RouteFigures
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import known_to
from corridor.quantities import metres


def areas_sheet(figures: RouteFigures) -> Sheet:
    """Return the areas under delimitation the line enters, or passes nearer than outline and line are exact."""
    rows: list[tuple[SheetEntry, ...]] = [
        (
            passed.area.label,
            figures.km(f"inside {passed.area.label}", passed.km, AS_DRAWN, ("exclave",)),
            "inside" if passed.km > 0 else f"{metres(passed.distance_m)} away, too close to say",
            known_to(passed.accuracy_m),
        )
        for passed in figures.measures.areas
    ]
    return Sheet(
        "Areas under delimitation on the way",
        ("Area", "Inside (km)", "How near", "Outline and line known to"),
        tuple(rows) or (("None of the five that are drawn", None, None, None),),
        numeric=(1,),
    )


def third_states_sheet(figures: RouteFigures) -> Sheet:
    """Return the km near a border of a third State, what is drawn too coarsely to say, and the nearest place."""
    rows: list[tuple[SheetEntry, ...]] = []
    for band in figures.measures.bands:
        within = f"within {band.within_km:g} km"
        unsure = figures.km(
            f"cannot be said whether {within} of a third State's border", band.unsure_km, AS_DRAWN, ("border",)
        )
        rows.append(
            (
                within.capitalize(),
                figures.km(f"{within} of a third State's border", band.km, AS_DRAWN, ("border",)),
                unsure,
            )
        )
    nearest = figures.measures.nearest_third_state
    nearest_words = f"{nearest.away} at km {nearest.at_km:,.1f}, {nearest.label}"
    rows.append(
        (
            "Nearest place",
            figures.figure("nearest to a third State's border", nearest_words, "", AS_DRAWN, ("border",)),
            None,
        )
    )
    return Sheet(
        "Near the border of a third State",
        ("Distance", "Length (km)", "Cannot say (km): the line is too coarse"),
        tuple(rows),
        numeric=(1, 2),
    )


def settlements_by_country_sheet(figures: RouteFigures) -> Sheet:
    """Return how many settlements of each country lie within 1, 5 and 10 km, and people where a census is shipped.

    Where some are too close to a ring to say, the range stands beside what was measured.
    """
    near = figures.measures.settlements
    countries = sorted({settlement.settlement.country for settlement in near}, key=figures.label)
    rows: list[tuple[SheetEntry, ...]] = []
    for country in countries:
        here = [settlement for settlement in near if settlement.settlement.country == country]
        name = figures.label(country)
        for ring in RINGS_KM:
            count = within_ring(here, ring)
            what, how = f"settlements of {name} within {ring:g} km", "counted in the layer of places"
            measured = figures.figure(what, str(count.measured), "", how, ("place",))
            people = _people(figures, country) if ring == RINGS_KM[-1] else None
            rows.append((name, f"{ring:g} km", measured, count.perhaps or None, people))
    widest = f"{RINGS_KM[-1]:g} km"
    return Sheet(
        f"Settlements near the line, by country. {FULLER_LIST}",
        ("Country", "Within", "Settlements", "Perhaps", f"People in those within {widest}, census of 2011"),
        tuple(rows) or ((f"None of the layer of places within {widest}", None, None, None, None),),
        heads=2,
    )


def _people(figures: RouteFigures, country: TerritoryId) -> SheetEntry:
    counted = [
        n for n in figures.measures.settlements
        if n.settlement.country == country and n.within(RINGS_KM[-1]) and n.settlement.people is not None
    ]  # fmt: skip
    if not counted:
        return "no dated census table is shipped"
    people = sum(n.settlement.people or 0 for n in counted)
    sources = tuple(dict.fromkeys(source for n in counted for source in n.settlement.sources))
    places = f"in the {len(counted)} of them it is shipped for"
    return Figure(
        f"{figures.name}: {CENSUS_FACT}, {figures.label(country)}", f"{people:,} {places}", "", STATED, "2011", sources
    )


def settlements_sheet(figures: RouteFigures) -> Sheet:
    """Return the settlements within the widest ring, nearest first."""
    rows: list[tuple[SheetEntry, ...]] = []
    for near in figures.measures.settlements:
        place_of = near.settlement
        far = near.distance_m / 1000
        centre = "between its centre and the line"
        away = figures.km(f"distance of {place_of.label}", far, centre, ("place",), accuracy_m=near.accuracy_m)
        unsure = [f"{ring:g} km" for ring in RINGS_KM if near.unsure(ring)]
        people = None if place_of.people is None else Figure(
            f"{CENSUS_FACT}, {place_of.label}", f"{place_of.people:,}", "", STATED, "2011", place_of.sources
        )  # fmt: skip
        close = f"whether within {' or '.join(unsure)}" if unsure else None
        rows.append(
            (
                place_of.label,
                figures.label(place_of.country),
                away,
                known_to(near.accuracy_m),
                close,
                people,
            )
        )
    return Sheet(
        f"Settlements within {RINGS_KM[-1]:g} km, nearest first",
        ("Settlement", "Country", "Distance (km)", "Known to", "Too close to say", "People, census of 2011"),
        tuple(rows) or (("None of the layer of places", None, None, None, None, None),),
        numeric=(2,),
    )
