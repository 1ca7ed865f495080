"""The one-page cards: exactly one page whatever the names and crossings, every number with unit and exactness."""

from datetime import date
from functools import cache

import pytest
import shapely

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.comparison import compare
from corridor.assessing.ground_along import ground_along
from corridor.assessing.ground_profile import LIMITS
from corridor.assessing.region import Region, read_region
from corridor.land.elevation import read_elevation
from corridor.legs import by_country
from corridor.present.ground_sheets import range_words
from corridor.present.paper.card_parts import card_title
from corridor.present.paper.comparison_card import comparison_card
from corridor.present.paper.route_card import route_card
from corridor.present.sheets import value_text
from corridor.present.subject import NAMELESS, LineOrigin, Subject, from_candidates, from_file
from corridor.present.verdicts import HEADING, verdicts_sheet
from corridor.present.words import disclaimer
from corridor.quantities import day, drawn_off, kilometres, longer_or_shorter, used_kilometres
from corridor.reading.route import Route, read_route
from corridor.storyboard.open_findings import MendsSaid
from corridor.texts.edition import facts_as_of
from tests.support.drawn import land, shipped
from tests.support.pdf import TYPST_MARKUP, read_pdf, structure_of, text_of
from tests.support.samples import read
from tests.support.shapes import lines_of

MADE = date(2026, 11, 20)
SHA = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"


@cache
def region() -> Region:
    return read_region()


@cache
def candidates() -> dict[str, Assessment]:
    return read_candidate_routes(region())


def line(name: str, *lonlat: tuple[float, float], **properties: object) -> Subject:
    route = Route(name, lines_of(shapely.LineString(lonlat)), properties)
    return Subject(assess(route, region()), LineOrigin("Taken from the file “x.geojson”.", SHA))


def candidate(identity: str) -> Subject:
    return Subject(candidates()[identity], from_candidates(identity, shipped()))


def card(subject: Subject, **more: object) -> bytes:
    return route_card(subject, region(), land(), made_on=MADE, **more)


def side_by_side(*subjects: Subject, **more: object) -> bytes:
    comparison = compare(subjects[0].assessment, [one.assessment for one in subjects[1:]], region().labels)
    return comparison_card(comparison, subjects, region(), land(), made_on=MADE, **more)


ALONG = ((48.0, 39.9), (46.9, 39.2), (46.5, 38.9), (46.15, 38.87), (45.6, 38.98), (45.4, 39.2))
ZIGZAG = tuple((45.9 + 0.02 * n, 38.8 if n % 2 else 39.0) for n in range(36))
LONG = "A line with a name that goes on and on, past every village and every bridge, and never comes to its end " * 4


@pytest.mark.slow
def test_the_card_of_a_candidate_has_one_tagged_page_with_its_numbers():
    subject = candidate("road-goris-yeraskh")
    pdf = card(subject, handling="Internal: for discussion")
    reader = read_pdf(pdf)
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == subject.name
    printed, measures = text_of(pdf), subject.assessment.measures
    assert kilometres(measures.length_km) in printed
    assert measures.accuracy.says in printed
    legs, words = subject.assessment.attributes.legs, " ".join(printed.split())
    assert f"Length {used_kilometres(legs)} km published" in words
    assert words.index(f"{used_kilometres(legs)} km") < words.index("As drawn here")
    assert drawn_off(legs) in words
    assert "Kilometres by territory, published first" in words
    for country, km in by_country(legs).items():
        assert region().label(country) in words
        assert f"{km.used:,.1f} {km.low:,.1f} – {km.high:,.1f}" in words
    for crossing in measures.crossings:
        assert f"{crossing.lat:.3f}, {crossing.lon:.3f}" in printed
        assert crossing.post.label in printed
        assert crossing.post.status in printed
    assert HEADING in printed
    for number in ("G1", "G2", "G3"):
        assert subject.assessment.verdict(number).judgement.because in printed
    assert "Internal: for discussion" in printed
    assert disclaimer() in printed
    assert "Made on 20 November 2026" in printed
    assert shipped().layers["route"].sha256 in printed
    assert "OpenStreetMap contributors" in printed
    assert "as of 11 July 2026" in printed
    assert "No line on a map settles: sovereignty and jurisdiction in practice" in printed


def test_its_map_is_a_figure_with_words_and_its_tables_have_headings():
    kinds = structure_of(read_pdf(card(candidate("rail-araks"))))
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 4
    assert "/Figure" in kinds
    assert kinds.count("/TH") == 3 + 4 + 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(lambda: line(LONG, *ALONG), id="long-name"),
        pytest.param(lambda: line("Many crossings", *ZIGZAG), id="many-crossings"),
        pytest.param(lambda: line(LONG, *ZIGZAG), id="both"),
        pytest.param(lambda: line("", (46.1, 38.9), (46.2, 38.92)), id="short-and-nameless"),
        pytest.param(lambda: line("Far away", (10.0, 50.0), (11.0, 51.0)), id="far-away"),
        pytest.param(lambda: line("On one spot", (46.2, 38.9), (46.2, 38.9)), id="one-spot"),
        pytest.param(lambda: line("Across", (43.0, 41.5), (50.0, 38.2)), id="across"),
    ],
)
def test_any_route_has_exactly_one_page(subject):
    pdf = card(subject(), handling="H" * 200)
    assert len(read_pdf(pdf).pages) == 1
    assert disclaimer() in text_of(pdf)


def test_crossings_without_room_are_counted_and_it_is_said_where_they_are():
    subject = line("Many crossings", *ZIGZAG)
    printed = text_of(card(subject))
    every = len(subject.assessment.measures.crossings)
    listed = sum(f"{c.lat:.3f}, {c.lon:.3f}" in printed for c in subject.assessment.measures.crossings)
    assert 0 < listed < every
    assert f"{every - listed} more crossings found no room here; the page Check a route lists all of them" in printed


@pytest.mark.parametrize("subject", [lambda: candidate("rail-araks"), lambda: line("Along", *ALONG)])
def test_the_ground_along_a_route_is_drawn_with_its_words_and_no_gradient(subject):
    pdf = card(subject())
    assert structure_of(read_pdf(pdf)).count("/Figure") == 2
    printed = " ".join(text_of(pdf).split())
    assert "The ground beside the line reaches from" in printed
    assert "lowest to highest ground within about 1 km" in printed
    assert "no climb can be taken from this model. No passes: no source. Source: NOAA NGDC 1999, GLOBE v1." in printed


@pytest.mark.slow
def test_a_card_without_room_for_the_ground_says_where_it_is_drawn():
    printed = " ".join(text_of(card(line(LONG, *ZIGZAG), handling="H" * 200)).split())
    assert "There was no room here for its drawing; the page Check a route has it." in printed


def test_a_line_that_crosses_nothing_says_so():
    assert "The line as drawn crosses no border." in text_of(card(line("Short", (46.1, 39.2), (46.2, 39.22))))


@pytest.mark.slow
def test_a_line_beyond_the_drawn_land_says_so_below_a_map_of_all_of_it():
    printed = text_of(card(line("Far away", (10.0, 50.0), (11.0, 51.0))))
    assert "Not on the map. The line lies outside the land that is drawn here." in printed
    assert "Yerevan" in printed
    assert "Not on the map" not in text_of(card(line("Here", *ALONG)))


def test_a_route_without_a_name_has_a_title():
    assert read_pdf(card(line("", *ALONG))).metadata.title == NAMELESS


def test_what_a_reader_typed_is_printed_and_not_run():
    printed = text_of(card(line(f"{TYPST_MARKUP[:60]} <script>alert(1)</script>", *ALONG), handling=TYPST_MARKUP[:40]))
    assert "<script>alert(1)</script>" in printed
    assert TYPST_MARKUP[:30] in printed


@pytest.mark.parametrize("code", ["gap", "layer-unread", "routes-join", "side-by-side"])
def test_the_card_of_a_file_with_a_long_name_and_a_handling_line_has_one_page(code):
    subject = Subject(
        assess(read(code).routes[0], region()), from_file("a-longer-file-name-of-somebody.geojson", "ab" * 32)
    )
    pdf = route_card(subject, region(), land(), made_on=date(2026, 11, 30), handling="Draft, prepared by the office")
    assert len(read_pdf(pdf).pages) == 1


def test_the_same_card_is_the_same_bytes():
    assert card(line("Same", *ALONG)) == card(line("Same", *ALONG))


@pytest.mark.slow
@pytest.mark.parametrize(
    "identities", [("rail-araks", "road-araks"), tuple(f"n{n}" for n in range(6))], ids=["two", "six"]
)
def test_a_comparison_has_one_page_with_every_number_and_its_difference(identities):
    if len(identities) == 2:
        subjects = [candidate(one) for one in identities]
    else:
        shifts = [0.012 * n for n in range(6)]
        subjects = [line(f"{LONG[:40]} {n}", *((x, y + dy) for x, y in ALONG)) for n, dy in enumerate(shifts)]
    pdf = side_by_side(*subjects, handling="Internal")
    assert len(read_pdf(pdf).pages) == 1
    printed = text_of(pdf)
    first = subjects[0].assessment
    for number, subject in enumerate(subjects, start=1):
        here = subject.assessment
        assert f"Route {number}" in printed
        if here.attributes.legs:
            assert used_kilometres(here.attributes.legs) in printed
        elif number > 1:
            shown = round(round(here.length_km, 1) - round(first.length_km, 1), 1)
            difference = longer_or_shorter(shown or (here.length_km - first.length_km) / 10)
            assert f"{here.length_km:,.1f} ({difference})" in printed
        ground = range_words(ground_along(here, region(), read_elevation()))
        assert ground in " ".join(printed.split())
    assert LIMITS in " ".join(printed.split())
    for subject in {subject.origin.sha256 for subject in subjects}:
        assert subject in printed
    assert "Internal" in printed
    assert disclaimer() in printed
    assert not [word for word in ("total", "rank", "score", "best", "%") if f" {word} " in printed.lower()]


@pytest.mark.slow
def test_modes_that_differ_are_told():
    printed = text_of(side_by_side(candidate("rail-araks"), candidate("road-araks"), candidate("rail-ijevan-yerevan")))
    assert "Modes differ. Railway: 1 and 3; Road: 2. Kilometres of different modes are not alike." in printed


def test_kilometres_in_another_country_stand_beside_the_answers_of_both_cards():
    through_iran = line("South bank", (46.2, 38.8), (46.3, 38.8), (46.4, 38.75))
    inside = line("North bank", (46.2, 38.95), (46.25, 38.95))
    km = kilometres(through_iran.assessment.verdict("G4").judgement.value)
    printed = " ".join(text_of(side_by_side(inside, through_iran)).split())
    assert f"Other countries on the way – 0 km – {km}" in printed
    assert f"{km} in Iran" in " ".join(text_of(card(through_iran)).split())
    assert "Other countries on the way" not in text_of(card(inside))
    sheet = verdicts_sheet([inside.assessment, through_iran.assessment], everything=False)
    question, _, other = sheet.rows[-1]
    assert question == "Other countries on the way"
    assert f"{km} in Iran" in value_text(other)
    assert len(sheet.rows) == 4
    assert len(verdicts_sheet([inside.assessment, inside.assessment], everything=False).rows) == 3


def test_a_comparison_of_others_is_refused():
    comparison = compare(candidates()["rail-araks"], [candidates()["road-araks"]], region().labels)
    with pytest.raises(ValueError, match="The card was given the routes"):
        comparison_card(comparison, [candidate("road-araks"), candidate("rail-araks")], region(), land(), made_on=MADE)


def test_where_a_line_comes_from_is_told_with_its_hash():
    reading = read_route(b'{"type":"LineString","coordinates":[[46.1,38.9],[46.2,38.9]]}', "alt <b>.geojson")
    origin = from_file(reading.file, reading.sha256)
    assert origin.says == "Taken from the file “alt <b>.geojson”, which is not published by this project."
    assert origin.sha256 == reading.sha256
    shipped_one = from_candidates("rail-araks", shipped())
    assert shipped_one.candidate == "rail-araks"
    assert f"as of {day(facts_as_of())}" in shipped_one.says
    with pytest.raises(KeyError):
        from_candidates("none", shipped())


def test_a_long_title_is_cut_to_two_lines_and_says_so():
    assert card_title("Short") == "Short"
    long = card_title(LONG)
    assert long.endswith("…")
    assert len(long) < 180
    assert LONG.startswith(long[:-1])


def test_a_card_of_a_mended_line_says_so_and_names_both_hashes():
    sent = line("Mended", *ALONG)
    mends = MendsSaid(
        "Measured as mended here, not as the file was sent. What was done: turn it (6 points moved).", "b" * 64
    )
    text = text_of(card(Subject(sent.assessment, from_file("x.geojson", SHA, "", mends))))
    assert "Measured as mended here, not as the file was sent." in text
    assert "Borders crossed as mended" in text
    assert "line as drawn" not in text
    assert f"SHA-256 of the file as sent: {SHA}; of the mended copy measured: {'b' * 64}" in text
    assert f"SHA-256 of the file measured: {SHA}" in text_of(card(sent))
