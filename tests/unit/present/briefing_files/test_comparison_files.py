"""What is taken away of routes side by side: the same figures in every kind, the same bytes every time, only text."""

import csv
import dataclasses
import json
from datetime import date
from io import BytesIO, StringIO

import geopandas as gpd
import openpyxl
import pytest

from corridor.assessing.assessment import assess
from corridor.assessing.comparison import compare
from corridor.commands.cli import main
from corridor.present.briefing_files.comparison_files import COMPARISON_FILES, Compared
from corridor.present.comparing.partings import partings, runs_sheet
from corridor.present.comparing.route import compared_candidate, compared_own
from corridor.present.comparing.tables import WHOLE_LENGTH, differences_sheet
from corridor.present.sheets import plain_entry
from corridor.reading.route import read_route
from corridor.ui.context import briefing_context

MADE_ON = date(2026, 8, 12)
MARKUP = '=HYPERLINK("http://example.invalid")<script>alert(1)</script>'
ALONG_MEGHRI = [[46.6, 38.95], [46.53, 38.875], [46.25, 38.91], [46.1, 38.86], [45.9, 38.9]]


def own(name: str) -> bytes:
    feature = {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "LineString", "coordinates": ALONG_MEGHRI},
    }
    return json.dumps(feature).encode()


@pytest.fixture(scope="module")
def compared() -> Compared:
    reading = read_route(own(MARKUP), "mine.geojson")
    (route,) = reading.routes
    routes = (
        compared_candidate("rail-araks", briefing_context()),
        compared_own(
            assess(route, briefing_context().region), "mine.geojson", reading.sha256, MADE_ON, 2, briefing_context()
        ),
        compared_candidate("road-araks", briefing_context()),
    )
    comparison = compare(routes[0].assessment, [one.assessment for one in routes[1:]], briefing_context().region.labels)
    return Compared(comparison, routes, briefing_context(), MADE_ON, "Draft")


def written(compared: Compared, suffix: str) -> bytes:
    return next(one for one in COMPARISON_FILES if one.suffix == suffix).write(compared)


@pytest.mark.slow
@pytest.mark.parametrize("kind", COMPARISON_FILES, ids=lambda kind: kind.suffix)
def test_the_same_comparison_gives_the_same_bytes(compared, kind):
    again = Compared(compared.comparison, compared.routes, compared.context, compared.made_on, compared.handling)
    assert kind.write(compared) == kind.write(again)


def test_every_figure_of_a_table_is_in_the_csv_with_unit_accuracy_date_and_source(compared):
    rows = list(csv.DictReader(StringIO(written(compared, "csv").decode("utf-8-sig"))))
    lengths = [row for row in rows if row["table"].startswith("Length by territory") and row["column"] != ""]
    assert {row["row"] for row in lengths} == {WHOLE_LENGTH, *(row.label for row in compared.comparison.by_territory)}
    assert all(row["unit"] == "km" and row["as of"] and row["accuracy"] and row["source"] for row in lengths)
    fréchet = [row for row in rows if row["column"] == "Fréchet"]
    assert len(fréchet) == 4
    assert all("places at most" in row["accuracy"] for row in fréchet)


def test_the_workbook_holds_every_table_as_text_and_no_formula(compared):
    book = openpyxl.load_workbook(BytesIO(written(compared, "xlsx")))
    assert book.sheetnames[0] == "All figures"
    assert len(book.sheetnames) == 1 + len(compared.sheets)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [cell for cell in cells if cell.value == MARKUP]
    told = {str(cell.value) for cell in cells}
    for sheet in compared.sheets:
        assert {plain_entry(entry) for row in sheet.rows for entry in row if plain_entry(entry)} <= told
    assert book.properties.created.date() == MADE_ON


def test_all_routes_are_in_the_geojson_and_the_geopackage_with_their_numbers(compared, tmp_path):
    told = json.loads(written(compared, "geojson"))
    path = tmp_path / "routes.gpkg"
    path.write_bytes(written(compared, "gpkg"))
    frame = gpd.read_file(path)
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    assert list(frame["name"]) == [one["properties"]["name"] for one in told["features"]]
    for one, number, length in zip(told["features"], frame["number"], frame["length_km"], strict=True):
        properties = one["properties"]
        assert (properties["number"], properties["length_km"]) == (number, length)
        assert sum(properties["by_territory_km"].values()) == pytest.approx(length, abs=1e-5)
        assert len(properties["sha256"]) == 64
        assert (properties["beside_the_first"] is None) == (number == 1)


@pytest.mark.slow
def test_the_json_is_what_the_command_prints(compared, capsys):
    assert main(["compare", "rail-araks", "road-araks", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    ours = json.loads(written(compared, "json"))
    assert [row["what"] for row in told["rows"]] == [row["what"] for row in ours["rows"]]
    assert told["rows"][0]["values"] == ours["rows"][0]["values"][::2]


@pytest.mark.slow
@pytest.mark.parametrize("kind", COMPARISON_FILES, ids=lambda kind: kind.suffix)
def test_the_command_writes_every_kind(kind, tmp_path, capsys):
    mine, out = tmp_path / "mine.geojson", tmp_path / f"out.{kind.suffix}"
    mine.write_bytes(own("Mine"))
    assert main(["compare", "rail-araks", str(mine), "--out", str(out), "--made-on", "2026-08-12"]) == 0
    assert out.stat().st_size > 500
    assert "2 routes compared" in capsys.readouterr().out


@pytest.mark.slow
def test_a_suffix_or_a_folder_that_cannot_be_had_is_a_sentence(tmp_path, capsys):
    assert main(["compare", "rail-araks", "road-araks", "--out", "out.docx"]) == 2
    assert "not as “.docx”" in capsys.readouterr().err
    assert main(["compare", "rail-araks", "road-araks", "--out", str(tmp_path / "none" / "out.csv")]) == 2
    assert "No such file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["compare", "rail-araks", "road-araks", "--out", "out.csv", "--made-on", "yesterday"])
    assert "“yesterday” is no day" in capsys.readouterr().err


def test_lines_part_and_meet_where_their_runs_change(compared):
    places = partings(compared.comparison)
    runs = [run for pairing in compared.comparison.pairings for run in pairing.other_runs]
    assert len(places) == len(runs) - len(compared.comparison.pairings)
    assert all((" parts from " in parting.says) != parting.run.together for parting in places)
    assert all(parting.says.startswith("“") and parting.advice.endswith(".") for parting in places)
    assert all(", within 500 m." in parting.advice for parting in places if parting.run.together)


def test_lines_meet_again_only_where_they_ran_together_before_and_a_rough_line_says_so(compared):
    (pairing, *_) = compared.comparison.pairings
    apart, together = (
        dataclasses.replace(pairing.other_runs[0], together=together, from_km=0.0, to_km=9.0)
        for together in (False, True)
    )
    for runs, again in (([apart, together], [False]), ([together, apart, together], [False, True])):
        rough = dataclasses.replace(pairing, other_runs=tuple(runs), known_to_m=6_000.0)
        comparison = dataclasses.replace(compared.comparison, pairings=(rough,))
        places = partings(comparison)
        assert [parting.again for parting in places] == again
        assert [" again" in parting.says for parting in places] == again
        assert all(parting.advice.endswith("As drawn: a line is known to ±6 km only.") for parting in places)
        assert {row[1] for row in runs_sheet(comparison).rows} <= {
            "together, as drawn (±6 km)",
            "apart, as drawn (±6 km)",
        }


def test_a_difference_of_two_routes_is_the_same_whatever_else_stands_beside_them(compared):
    drawn = compared.routes[1]
    longer = dataclasses.replace(drawn.assessment.route, name="Another")
    other = compared_own(
        assess(longer, briefing_context().region), "other.geojson", "0" * 64, MADE_ON, 3, briefing_context()
    )
    words = []
    for routes in ((drawn, other), (drawn, other, compared.routes[0])):
        comparison = compare(
            routes[0].assessment, [one.assessment for one in routes[1:]], briefing_context().region.labels
        )
        rows = tuple(
            dataclasses.replace(row, differences=(76.7, *row.differences[1:])) for row in (comparison.rows[0],)
        )
        sheet = differences_sheet(
            dataclasses.replace(comparison, rows=rows), [one.line for one in routes], MADE_ON.isoformat()
        )
        words.append(sheet.rows[0][1].value)
    assert words == ["+76.7", "+76.7"]


def test_where_no_difference_is_shown_the_table_says_how_much_of_each_length_is_only_drawn():
    routes = [compared_candidate(name, briefing_context()) for name in ("rail-araks", "rail-ijevan-yerevan")]
    comparison = compare(routes[0].assessment, [routes[1].assessment], briefing_context().region.labels)
    sheet = differences_sheet(comparison, [route.line for route in routes], MADE_ON.isoformat())
    silent = [row for row in sheet.rows if isinstance(row[1], str)]
    assert silent
    for label, said in silent:
        row = next(row for row in (comparison.rows[0], *comparison.by_territory) if row.label == label)
        first, other = ({leg.segment: leg for leg in length.legs} for length in row.lengths)
        drawn = sum(leg.measured_km for name, leg in other.items() if name not in first and not leg.published_km)
        assert said.startswith("within what the drawings allow: without a published length are ")
        assert f"{drawn:.1f}".rstrip("0").rstrip(".") in said
