"""The course of one route as tables: the line as a whole, its territories, its stretches, the borders it crosses."""

from corridor.answering.figures import STATED, Figure
from corridor.assessing.ground_profile import GroundProfile
from corridor.assessing.heights_off_ground import heights_off_ground
from corridor.assessing.neighbours import BorderCrossing
from corridor.land.features import LayerId
from corridor.present.ground_sheets import WITHIN, ground_figures
from corridor.present.own_route.figures import AS_DRAWN, RouteFigures, place
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import DELIMITED, known_to
from corridor.quantities import day, kilometres, metres


def course_sheet(figures: RouteFigures, ground: GroundProfile) -> Sheet:
    """Return what the line is as a whole: length, accuracy, vertices, straightness, sharpest curve, heights, ground."""
    measures = figures.measures
    rows: list[tuple[SheetEntry, ...]] = [
        ("Length", figures.length, "Over the ground from point to point, without climbs"),
        *_repeats(figures),
        ("Accuracy of the line", figures.figure("accuracy", known_to(measures.accuracy.metres), "", "from the file"),
         _sentence(measures.accuracy.says)),
        ("Points of the line", figures.figure("points", f"{measures.vertices:,}", "", "counted"), None),
        ("Straightness", figures.figure("straightness", f"{measures.straightness:.2f}", "", AS_DRAWN),
         "The distance between the two ends, divided by the length"),
    ]  # fmt: skip
    curve = measures.sharpest_curve
    if curve is None:
        rows.append(("Tightest bend", None, "No stretch is drawn finely enough to tell one"))
    else:
        held = f"Its radius, held for {metres(curve.over_m)} at km {curve.at_km:,.1f}, {place(curve.lon, curve.lat)}"
        rows.append(("Tightest bend", figures.figure("radius", f"{curve.radius_m:,.0f}", "m", AS_DRAWN), held))
    return Sheet(
        "The line as a whole", ("What", "Value", "How"), (*rows, *_heights(figures, ground), *_ground(figures, ground))
    )


def _repeats(figures: RouteFigures) -> list[tuple[SheetEntry, ...]]:
    repeated = figures.measures.repeated_km
    if not repeated:
        return []
    how = f"Drawn twice or side by side and counted once; {kilometres(figures.measures.drawn_km)} are drawn in all"
    return [("Drawn twice", figures.km("drawn twice", repeated, AS_DRAWN), how)]


def _heights(figures: RouteFigures, ground: GroundProfile) -> list[tuple[SheetEntry, ...]]:
    profile = figures.measures.profile
    if profile is None:
        return [("Heights in the file", None, "The file has none that can be used")]
    known = "" if profile.known == 1 else f"; {profile.known:.0%} of the points have one, the others lie between"

    def height(what: str, value: float) -> Figure:
        return figures.figure(
            what,
            f"{abs(value):,.0f}" if what == "descent" else f"{value:,.0f}",
            "m",
            f"from the heights in the file{known}",
        )

    rows: list[tuple[SheetEntry, ...]] = [
        ("Lowest and highest point", (height("lowest", profile.lowest_m), height("highest", profile.highest_m)),
         f"As the file gives them; it does not say above which sea level{known}"),
    ]  # fmt: skip
    if off := heights_off_ground(profile, ground):
        return [*rows, ("Climb and descent", None, off.says)]
    if profile.lowest_m == profile.highest_m:
        return [*rows, ("Climb and descent", None, "All heights in the file are the same")]
    rows += [
        ("Climb and descent", (height("climb", profile.climb_m), height("descent", profile.descent_m)),
         "From start to end, over heights averaged along 200 m"),
    ]  # fmt: skip
    per_mille = f"{profile.steepest_per_mille or 0:.0f}"
    if per_mille != "0":
        steepest = figures.figure("steepest kilometre", per_mille, "‰", "from the heights in the file")
        rows.append(("Steepest kilometre", steepest, f"Around km {profile.steepest_at_km:,.1f}"))
    return rows


def _ground(figures: RouteFigures, ground: GroundProfile) -> list[tuple[SheetEntry, ...]]:
    beside = ground_figures(ground, figures.name) or None
    return [("Lowest and highest ground beside the line", beside, WITHIN)]


def territories_sheet(figures: RouteFigures) -> Sheet:
    """Return the kilometres by territory, by the alphabet, each with the least and the most it may be."""
    exact = "given the accuracy of border and line"
    on: tuple[LayerId, ...] = ("territory", "border")
    rows: list[tuple[SheetEntry, ...]] = []
    for share in figures.shares:
        name = figures.label(share.territory)
        rows.append(
            (
                name,
                figures.km(f"in {name}", share.km, AS_DRAWN, on),
                figures.km(f"in {name}, at least", share.least_km, exact, on),
                figures.km(f"in {name}, at most", share.most_km, exact, on),
            )
        )
    rows.append(("The whole line", figures.length, None, None))
    return Sheet(
        "Kilometres by territory",
        ("Territory", "As drawn (km)", "At least (km)", "At most (km)"),
        tuple(rows),
        numeric=(1, 2, 3),
    )


def stretches_sheet(figures: RouteFigures) -> Sheet:
    """Return the stretches in the order of the line, from border to border."""
    rows: list[tuple[SheetEntry, ...]] = []
    for number, stretch in enumerate(figures.measures.stretches, start=1):
        name = figures.label(stretch.territory)
        length = figures.km(f"stretch {number}, {name}", stretch.km, AS_DRAWN, ("territory",))
        rows.append((str(number), name, f"{stretch.from_km:,.1f}", f"{stretch.to_km:,.1f}", length))
    return Sheet(
        "Stretches in the order of the line",
        ("Order", "Territory", "From (km)", "To (km)", "Length (km)"),
        tuple(rows),
        numeric=(2, 3, 4),
        heads=2,
    )


def crossings_sheet(figures: RouteFigures) -> Sheet:
    """Return where the line passes from one territory into another, in its order, with the nearest known post."""
    rows = [_crossing(figures, number, crossing) for number, crossing in enumerate(figures.measures.crossings, start=1)]
    return Sheet(
        "Borders crossed, in the order of the line",
        ("Order", "From – to", "At (km)", "Place", "Border there", "Known to", "Nearest known post", "Its status"),
        tuple(rows) or (("–", "The line as drawn crosses no border", None, None, None, None, None, None),),
        numeric=(2,),
        heads=2,
    )


def _crossing(figures: RouteFigures, number: int, crossing: BorderCrossing) -> tuple[SheetEntry, ...]:
    between = f"{figures.label(crossing.before)} – {figures.label(crossing.after)}"
    at = figures.km(f"crossing {number}, {between}", crossing.at_km, AS_DRAWN, ("border",))
    post, border = crossing.post, crossing.border
    status, nearest = None, "none known between these two"
    if post is not None and crossing.post_distance_m is not None:
        known = known_to(post.accuracy_m)
        nearer = crossing.post_distance_m < post.accuracy_m
        away = f"at the same spot, within {known}" if nearer else f"{metres(crossing.post_distance_m)} away ({known})"
        nearest = f"{post.label}, {away}"
        status = Figure(
            f"Status of {post.label}",
            f"{post.status}, {day(post.status_as_of)}",
            "",
            STATED,
            post.status_as_of,
            post.sources,
        )
    return (
        str(number),
        between,
        at,
        place(crossing.lon, crossing.lat),
        None if border is None else f"{border.label}: {DELIMITED[border.delimited]}",
        None if crossing.accuracy_m is None else known_to(crossing.accuracy_m),
        nearest,
        status,
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
