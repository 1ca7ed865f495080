"""`corridor profile` on files and on what is shipped: one object, the limits of the model with it, never a gradient."""

import json

import pytest

from corridor.commands.cli import main
from tests.support.commands import THROUGH, records, written

KEYS = {
    "name", "length_km", "says", "limits", "source", "sources", "lowest_m", "highest_m", "at_or_below_sea_level_km",
    "no_data_km", "ground", "marks", "file_heights",
}  # fmt: skip


def test_the_ground_along_a_file(tmp_path, capsys):
    file = written(tmp_path, "line", THROUGH)
    assert main(["profile", file, "--json"]) == 0
    (record,) = records(capsys)
    assert (record["file"], record["id"]) == (file, None)
    (route,) = record["routes"]
    assert set(route) == KEYS
    assert 300 < route["lowest_m"] < route["highest_m"] < 3_905
    assert route["ground"][0]["from_km"] == 0
    assert route["ground"][-1]["to_km"] == pytest.approx(route["length_km"], abs=1e-5)
    assert any(mark["kind"] == "border" for mark in route["marks"])
    assert route["source"] == "NOAA NGDC 1999, GLOBE v1"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rail-araks", "candidate/rail-araks"])
def test_the_ground_along_a_candidate(name, capsys):
    assert main(["profile", name, "--json"]) == 0
    (record,) = records(capsys)
    assert (record["file"], record["id"]) == (None, "rail-araks")
    assert {"Meghri", "Horadiz"} <= {mark["label"] for mark in record["routes"][0]["marks"]}


def test_the_ground_along_a_segment(capsys):
    assert main(["profile", "route/tripp-rail", "--json"]) == 0
    (record,) = records(capsys)
    assert record["id"] == "route/tripp-rail"
    assert 350 < record["routes"][0]["lowest_m"] < 600


def test_a_terminal_reads_the_limits_first_and_the_places_where_they_stand(capsys):
    assert main(["profile", "route/tripp-rail"]) == 0
    said = capsys.readouterr().out
    assert "no gradient and no climb" in said
    lines = said.splitlines()
    assert any(line.strip().startswith("km ") and line.endswith(" m") for line in lines)
    assert lines[-1].strip() == "Source: NOAA NGDC 1999, GLOBE v1."


def test_what_is_no_file_and_no_id_is_said_in_a_sentence(capsys):
    assert main(["profile", "no-such-route", "--json"]) == 2
    assert "no-such-route" in capsys.readouterr().err


def test_a_file_without_a_route_is_said_to_be_one(tmp_path, capsys):
    path = tmp_path / "point.geojson"
    path.write_text(json.dumps({"type": "Point", "coordinates": [46.2, 39.0]}), encoding="utf-8")
    assert main(["profile", str(path)]) == 1
    assert "no route could be taken from it" in capsys.readouterr().err


def test_a_shipped_segment_has_its_published_length_first_and_says_how_short_its_drawing_is(capsys):
    assert main(["profile", "route/rail-hrazdan-yerevan"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (
        "Railway Hrazdan-Yerevan: 56.9 km published (46 km as drawn here, 19 % short); 45.9 km along the line below"
    )
