"""Every way an answer can ask for a figure: what it fetches, and the sentence when there is nothing to fetch."""

import pytest

from corridor.answering.figures import Evidence, Figure, fetched
from corridor.answering.questions import REFERENCES
from corridor.candidates import Part
from corridor.errors import DocumentError
from corridor.ui.answering.fetched import evidence
from tests.support.builders import candidate, fact, feature, length, line, segment

BORDER = line((46.0, 38.9), (46.5, 38.9))
FEATURES = {
    found["id"]: found
    for found in (
        feature(
            "place/a", status="operating", status_as_of="2026-03", facts=[fact("Post", 313, "km"), fact("People", 100)]
        ),
        feature(
            "place/b",
            facts=[fact("Post", 352, "km", sources=["two"]), fact("People", 48), fact("Opened", "19 May 2024")],
            kind="town",
        ),
        feature("border/south", BORDER, pair=["armenia", "iran"], delimited=False, length_km=43.1, accuracy_m=150),
        feature("border/north", None, pair=["armenia", "azerbaijan"], delimited=True, length_km=12.6, accuracy_m=200),
        feature("border/side", line((46.5, 38.9), (46.5, 39.2)), pair=["armenia", "azerbaijan"], length_km=33.3),
        feature("crossing/east", {"type": "Point", "coordinates": [46.5, 38.91]}),
        segment(
            "rail-a",
            ["rail"],
            measured_km=43.2,
            geometry=line((46.1, 38.905), (46.4, 38.905)),
            gauge=fact("Gauge", "1,520 mm"),
            published_lengths=[
                length(39, "one"),
                length(42, "two", by="Second Agency", km_high=43),
                length(43, "one", by="First Agency"),
                length(140, "one", comparable=False),
            ],
            dates=[
                {
                    "kind": "promised",
                    "what": "Opening",
                    "date": "2028-12-31",
                    "about": "completion",
                    "of": None,
                    "said_on": "2025-10-21",
                    "by": "President",
                    "sources": ["two"],
                    "quote": None,
                }
            ],
        ),
        segment("rail-b", ["rail"], measured_km=100.0, country="az-mainland", status="operating", accuracy_m=6000),
        segment("rail-c", ["rail"], country="az-nakhchivan"),
    )
}
WAY = (Part("rail-a"), Part("rail-b"), Part("rail-c"))
EVIDENCE = Evidence(FEATURES, candidates={"rail": candidate("rail", "Railway", WAY)})


def ask(get: str, known: dict[str, Figure] | None = None, **keys: object) -> Figure:
    return fetched("Asked", {"get": get, "what": "Asked", **keys}, EVIDENCE, known or {}, REFERENCES)


def test_the_range_of_published_lengths_leaves_out_what_measures_something_else():
    assert ask("shortest", feature="route/rail-a").value == 39
    highest = ask("longest", feature="route/rail-a")
    assert highest.value == 43
    assert highest.sources == ("two", "one")
    assert highest.by == "Second Agency; First Agency"
    assert ask("longest", feature="route/rail-a", all=True).value == 140


def test_measured_kilometres_add_up_by_country_and_status_and_keep_the_worst_accuracy():
    whole = ask("measured", candidate="rail")
    assert whole.value == pytest.approx(143.2)
    assert whole.accuracy_m == 6000
    assert ask("measured", candidate="rail", countries=["armenia"]).value == pytest.approx(43.2)
    assert ask("measured", candidate="rail", statuses=["operating"]).value == 100.0
    assert ask("measured", candidate="rail", countries=["iran"]).value == 0


def test_a_difference_and_a_total_name_both_sources():
    gap = ask("difference", feature="place/a", label="Post", to="place/b")
    assert (gap.value, gap.unit, gap.sources) == (39.0, "km", ("one", "two"))
    assert ask("total", layer="place", label="People").value == 148
    assert ask("holders", layer="place", label="People", unit="places").value == 2


def test_counting_none_still_says_among_what_it_was_counted():
    found = ask("count", layer="place", only={"status": "proposed"}, unit="places")
    assert (found.value, found.sources) == (0, ("one",))
    assert ask("count", layer="place", only={"status": "operating"}, unit="places").value == 1
    assert ask("count", layer="border", among={"pair": ["armenia", "iran"]}, only={}, unit="borders").value == 1


def test_borders_statuses_properties_and_dates():
    assert ask("border", where={"pair": ["armenia", "azerbaijan"], "delimited": True}).value == 12.6
    assert ask("status", feature="place/a").as_of == "2026-03"
    assert ask("property", feature="route/rail-a", property="gauge").value == "1,520 mm"
    promised = ask("date", feature="route/rail-a", kind="promised", source="two")
    assert (promised.value, promised.unit, promised.as_of) == ("2028-12-31", "date", "2025-10-21")


def test_the_years_that_states_are_of_are_read_from_the_states():
    span = ask("status-span", layer="place", among={})
    assert (span.value, span.as_of, span.sources) == ("2026", "2026-03", ("one",))
    with pytest.raises(DocumentError, match="none that fits is dated"):
        ask("status-span", layer="place", among={"status": "proposed"})


def test_candidates_are_counted_by_the_land_they_run_through():
    through = ["armenia", "az-mainland", "az-nakhchivan"]
    assert ask("candidates", modes=["rail"], unit="railways", countries=through).value == 1
    assert ask("candidates", modes=["road"], unit="roads", countries=through).value == 0


def test_reckoning_uses_the_figures_above_and_no_others():
    known = {"a": ask("drawn", feature="route/rail-a"), "b": ask("drawn", feature="route/rail-b")}
    assert ask("sum", known, of=["a", "b"]).value == pytest.approx(143.2)
    with pytest.raises(DocumentError, match="does not stand above it"):
        ask("sum", known, of=["a", "c"])


def test_the_length_near_a_border_is_measured_on_the_drawn_line():
    all_of_it = ask("near", feature="route/rail-a", to=["border/south"], metres=1000)
    assert all_of_it.value == pytest.approx(26.0, abs=0.1)
    assert ask("near", feature="route/rail-a", to=["border/south"], metres=100).value == 0


def test_a_crossing_is_moved_along_its_border_away_from_the_other():
    moved = ask(
        "moved", feature="crossing/east", along=["border/side"], away_from="border/south", km=5, to="border/south"
    )
    # The border runs due north from its southern end, 1.11 km below the crossing.
    assert moved.value == pytest.approx(6.11, abs=0.02)
    with pytest.raises(DocumentError, match="ends before"):
        ask("moved", feature="crossing/east", along=["border/side"], away_from="border/south", km=90, to="border/south")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"get": "guessed"}, "one of fact, "),
        ({"get": "fact", "feature": "place/a"}, "lacks the key 'label'"),
        ({"get": "fact", "feature": "place/a", "label": "Post", "km": 3}, "has the key 'km'"),
        ({"get": "fact", "feature": "place/z", "label": "Post"}, "not a shipped feature"),
        ({"get": "fact", "feature": "place/a", "label": "Height"}, "does not have"),
        ({"get": "total", "layer": "place", "label": "Height"}, "none has that label"),
        ({"get": "measured", "candidate": "ship"}, "not in the table"),
        ({"get": "shortest", "feature": "route/rail-b"}, "has none"),
        ({"get": "length-by", "feature": "route/rail-a", "source": "three"}, "gives none"),
        ({"get": "drawn", "feature": "route/rail-c"}, "listed and not drawn"),
        ({"get": "property", "feature": "route/rail-a", "property": "owner"}, "was not found"),
        ({"get": "date", "feature": "route/rail-a", "kind": "delivered", "source": "two"}, "it has none"),
        ({"get": "property", "feature": "route/rail-a", "property": "label"}, "its label, which was not found"),
        ({"get": "property", "feature": "place/a", "property": "owner"}, "not a segment of a route"),
        ({"get": "date", "feature": "place/a", "kind": "promised", "source": "one"}, "not a segment of a route"),
        ({"get": "said", "feature": "route/rail-a", "role": "denied_by", "source": "one"}, "nobody is"),
        ({"get": "total", "layer": "place", "label": "Opened"}, "one is the text '19 May 2024'"),
        ({"get": "border", "where": {"pair": ["x"]}}, "no feature of the border layer"),
        ({"get": "count", "layer": "ship", "only": {}, "unit": ""}, "nothing fits"),
        ({"get": "event", "event": "event/x"}, "not in the timeline"),
        ({"get": "instrument", "instrument": "instrument/x"}, "not in the register"),
        ({"get": "clause", "clause": "x"}, "not a numbered clause"),
        ({"get": "saying", "point": "x", "text": "y"}, "no words are quoted"),
        ({"get": "finding", "finding": "x"}, "does not have"),
        ({"get": "passage", "passage": "not_named"}, "asks for the passage 'not_named'"),
        ({"get": "phrases", "unit": ""}, "no text is there to count in"),
    ],
)
def test_asking_for_what_is_not_there_says_what_was_expected(keys, told):
    with pytest.raises(DocumentError, match=told):
        fetched("Asked", keys, EVIDENCE, {}, REFERENCES)


def test_the_declaration_is_quoted_and_its_phrases_counted_by_clause_and_relation():
    declaration = evidence().declaration
    named = fetched("Named", {"get": "passage", "passage": "not_named"}, evidence(), {}, REFERENCES)
    assert named.value == declaration.heading.not_named
    assert named.sources == (declaration.heading.carried_by,)
    keys = {"get": "phrases", "unit": "phrases", "relations": ["names"], "clauses": ["joint-declaration/3"]}
    counted = fetched("Counted", keys, evidence(), {}, REFERENCES)
    found = [one for one in declaration.anchors if one.relation == "names" and one.clause == "joint-declaration/3"]
    assert (counted.value, counted.as_of) == (len(found), declaration.heading.date)
    with pytest.raises(DocumentError, match="one of label, note, not_named was expected"):
        fetched("Hash", {"get": "passage", "passage": "sha256"}, evidence(), {}, REFERENCES)
