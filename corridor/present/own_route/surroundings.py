"""What lies beside one route as tables: areas under delimitation, borders of third States, settlements."""

from corridor.answering.figures import STATED, Figure
from corridor.assessing.neighbours import RINGS_KM
from corridor.assessing.region import CENSUS_FACT
from corridor.land.territory import TerritoryId
from corridor.present.own_route.figures import AS_DRAWN, RouteFigures
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import known_to
from corridor.quantities import metres


def areas_sheet(of: RouteFigures) -> Sheet:
    """Return the areas under delimitation the line enters, or passes nearer than outline and line are exact."""
    rows: list[tuple[SheetEntry, ...]] = [
        (
            passed.area.label,
            of.km(f"inside {passed.area.label}", passed.km, AS_DRAWN, ("exclave",)),
            "inside" if passed.km > 0 else f"{metres(passed.distance_m)} away, too close to say",
            known_to(passed.accuracy_m),
        )
        for passed in of.of.areas
    ]
    return Sheet(
        "Areas under delimitation on the way",
        ("Area", "Inside (km)", "How near", "Outline and line known to"),
        tuple(rows) or (("None of the five that are drawn", None, None, None),),
        numeric=(1,),
    )


def third_states_sheet(of: RouteFigures) -> Sheet:
    """Return the km near a border of a third State, what is drawn too coarsely to say, and the nearest place."""
    rows: list[tuple[SheetEntry, ...]] = []
    for band in of.of.bands:
        within = f"within {band.within_km:g} km"
        unsure = of.km(
            f"cannot be said whether {within} of a third State's border", band.unsure_km, AS_DRAWN, ("border",)
        )
        rows.append(
            (within.capitalize(), of.km(f"{within} of a third State's border", band.km, AS_DRAWN, ("border",)), unsure)
        )
    nearest = of.of.nearest_third_state
    told = f"{nearest.away} at km {nearest.at_km:,.1f}, {nearest.label}"
    rows.append(
        ("Nearest place", of.figure("nearest to a third State's border", told, "", AS_DRAWN, ("border",)), None)
    )
    return Sheet(
        "Near the border of a third State",
        ("Distance", "Length (km)", "Cannot say (km): the line is too coarse"),
        tuple(rows),
        numeric=(1, 2),
    )


def settlements_by_country_sheet(of: RouteFigures) -> Sheet:
    """Return how many settlements of each country lie within 1, 5 and 10 km, and people where a census is shipped."""
    near = of.of.settlements
    countries = sorted({one.settlement.territory for one in near}, key=of.label)
    rows: list[tuple[SheetEntry, ...]] = []
    for country in countries:
        here = [one for one in near if one.settlement.territory == country]
        name = of.label(country)
        counts: list[SheetEntry] = []
        for ring in RINGS_KM:
            within, unsure = sum(one.within(ring) for one in here), sum(one.unsure(ring) for one in here)
            told = f"{within}" + (f" ({unsure} too close to say)" if unsure else "")
            counts.append(
                of.figure(
                    f"settlements of {name} within {ring:g} km", told, "", "counted in the layer of places", ("place",)
                )
            )
        rows.append((name, *counts, _people(of, country)))
    widest = f"{RINGS_KM[-1]:g} km"
    return Sheet(
        "Settlements near the line, by country",
        ("Country", *(f"Within {ring:g} km" for ring in RINGS_KM), f"People in those within {widest}, census of 2011"),
        tuple(rows) or ((f"None of the layer of places within {widest}", None, None, None, None),),
    )


def _people(of: RouteFigures, country: TerritoryId) -> SheetEntry:
    counted = [
        one for one in of.of.settlements
        if one.settlement.territory == country and one.within(RINGS_KM[-1]) and one.settlement.people is not None
    ]  # fmt: skip
    if not counted:
        return "no dated census table is shipped"
    people = sum(one.settlement.people or 0 for one in counted)
    sources = tuple(dict.fromkeys(source for one in counted for source in one.settlement.sources))
    places = f"in the {len(counted)} of them it is shipped for"
    return Figure(f"{of.name}: {CENSUS_FACT}, {of.label(country)}", f"{people:,} {places}", "", STATED, "2011", sources)


def settlements_sheet(of: RouteFigures) -> Sheet:
    """Return the settlements within the widest ring, nearest first."""
    rows: list[tuple[SheetEntry, ...]] = []
    for one in of.of.settlements:
        place_of = one.settlement
        far = one.distance_m / 1000
        centre = "between its centre and the line"
        away = of.km(f"distance of {place_of.label}", far, centre, ("place",), accuracy_m=one.accuracy_m)
        unsure = [f"{ring:g} km" for ring in RINGS_KM if one.unsure(ring)]
        people = None if place_of.people is None else Figure(
            f"{CENSUS_FACT}, {place_of.label}", f"{place_of.people:,}", "", STATED, "2011", place_of.sources
        )  # fmt: skip
        close = f"whether within {' or '.join(unsure)}" if unsure else None
        rows.append(
            (
                place_of.label,
                of.label(place_of.territory),
                away,
                known_to(one.accuracy_m),
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
