"""`corridor check`, `mend` and `compare` on real files: one line each, in order, whatever is wrong with any of them."""

import hashlib
import json
from pathlib import Path

import pytest

from corridor.assessing.criteria import CRITERIA
from corridor.commands.cli import main
from tests.support.commands import THROUGH, records, written

DETOUR = [[46.66, 39.08], [46.4, 39.2], [46.15, 39.15], [46.02, 38.91]]

ROUTE_KEYS = {
    "name",
    "length_km",
    "accuracy_m",
    "by_territory_km",
    "stretches",
    "overlaps",
    "crossings",
    "criteria",
}
FINDING_KEYS = [
    "code",
    "severity",
    "says",
    "advice",
    "path",
    "line",
    "column",
    "feature",
    "lon",
    "lat",
    "mendable",
    "by_name",
    "systems",
]


def test_every_file_has_its_line_in_the_order_given_and_a_bad_one_stops_nothing(tmp_path, capsys):
    broken = tmp_path / "broken.geojson"
    broken.write_text('{"type": "Feature",', encoding="utf-8")
    files = [written(tmp_path, "one", THROUGH), str(broken), written(tmp_path, "two", DETOUR)]
    assert main(["check", *files, "--json"]) == 1
    found = records(capsys)
    assert [record["file"] for record in found] == files
    assert [record["route"] for record in found] == ["usable", "unusable", "usable"]
    assert found[1]["findings"][0]["severity"] == "error"
    assert found[1]["routes"] == []


def test_a_record_has_the_form_of_the_contract_and_its_numbers_agree(tmp_path, capsys):
    file = written(tmp_path, "one", THROUGH)
    assert main(["check", file, "--json"]) == 0
    (record,) = records(capsys)
    assert record["sha256"] == hashlib.sha256(Path(file).read_bytes()).hexdigest()
    assert (record["format"], record["crs"], record["geojson"]) == ("GeoJSON", "OGC:CRS84", "valid")
    assert record["converted"] is False
    for finding in record["findings"]:
        assert list(finding) == FINDING_KEYS
    (route,) = record["routes"]
    assert set(route) >= ROUTE_KEYS
    assert sum(route["by_territory_km"].values()) == pytest.approx(route["length_km"], abs=1e-5)
    assert route["stretches"][0]["from_km"] == 0
    assert route["stretches"][-1]["to_km"] == pytest.approx(route["length_km"], abs=1e-6)
    assert [(c["from"], c["to"]) for c in route["crossings"]] == [
        ("az-mainland", "armenia"),
        ("armenia", "az-nakhchivan"),
    ]
    assert [criterion["id"] for criterion in route["criteria"]] == [one.id for one in CRITERIA]
    for criterion in route["criteria"]:
        assert criterion["answer"] in {"met", "not-met", "cannot-say", "information"}
        assert (criterion["answer"] == "cannot-say") is (criterion["why"] in {"too-close", "no-data"})


def test_a_file_that_is_not_there_is_wrong_use_and_stops_nothing(tmp_path, capsys):
    files = [str(tmp_path / "nowhere.geojson"), written(tmp_path, "one", THROUGH)]
    assert main(["check", *files, "--json"]) == 2
    found = records(capsys)
    assert [record["file"] for record in found] == files
    assert found[0]["findings"][0]["code"] == "file-not-read"
    assert found[1]["route"] == "usable"


def test_a_name_from_a_file_cannot_steer_the_terminal(tmp_path, capsys):
    coordinates = json.dumps(THROUGH)
    file = tmp_path / "steering.geojson"
    file.write_text(
        '{"type":"Feature","properties":{"name":"\\u001b[2J red \\ud800"},'
        f'"geometry":{{"type":"LineString","coordinates":{coordinates}}}}}',
        encoding="utf-8",
    )
    assert main(["check", str(file)]) in (0, 1)
    assert "\x1b" not in capsys.readouterr().out
    assert main(["check", str(file), "--json"]) in (0, 1)
    assert "\x1b" not in capsys.readouterr().out


def test_a_readers_text_names_stretches_crossings_and_answers(tmp_path, capsys):
    assert main(["check", written(tmp_path, "one", THROUGH)]) == 0
    shown = capsys.readouterr().out
    for words in ("Nakhchivan Autonomous Republic (Azerbaijan)", "G3 met", "Azerbaijan, main part to Armenia"):
        assert words in shown


def test_a_file_is_compared_with_a_shipped_candidate(tmp_path, capsys):
    file = written(tmp_path, "one", THROUGH, mode="road")
    assert main(["compare", "road-araks", file, "--json"]) == 0
    (record,) = records(capsys)
    assert [(route["id"], route["name"]) for route in record["routes"]] == [
        ("road-araks", "Road along the river"),
        (None, "one"),
    ]
    for shown in record["routes"]:
        assert sum(shown["by_territory_km"].values()) == pytest.approx(shown["length_km"], abs=0.01)
    (section,) = [known for known in record["routes"][0]["lengths"] if known["segment"] == "route/tripp-road-river"]
    assert (section["published"], section["used"]) == ([46, 46], "published")
    assert record["modes"] is None
    assert len(record["with_first"]) == 1
    assert len(record["criteria"]) == len(CRITERIA)
    assert not {"total", "score", "rank"} & set(json.dumps(record).replace('"', " ").split())


def test_two_files_are_compared_and_the_text_says_where_they_part(tmp_path, capsys):
    assert main(["compare", written(tmp_path, "one", THROUGH), written(tmp_path, "two", DETOUR)]) == 0
    assert "apart at km" in capsys.readouterr().out


@pytest.mark.slow
def test_wrong_use_of_compare_is_told(tmp_path, capsys):
    one = written(tmp_path, "one", THROUGH)
    assert main(["compare", one, "no-such-candidate"]) == 2
    assert main(["compare", one, *[one] * 6]) == 2
    assert "from 2 to 6 routes" in capsys.readouterr().err


def test_mending_writes_the_file_and_accounts_for_it(tmp_path, capsys):
    doubled = written(tmp_path, "doubled", [THROUGH[0], THROUGH[0], *THROUGH[1:]])
    output = tmp_path / "mended.geojson"
    assert main(["mend", doubled, "-o", str(output), "--json"]) == 0
    (ledger,) = records(capsys)
    assert ledger["original_sha256"] != ledger["mended_sha256"]
    assert ledger["mended_sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert main(["check", str(output), "--json"]) == 0
    assert json.loads(output.read_bytes())["geometry"]["coordinates"] == THROUGH


#: In UTM zone 38 N, made up.
METRES = [[611000.0, 4307000.0], [604000.0, 4304000.0], [597000.0, 4300000.0]]


def test_a_question_about_the_system_is_asked_and_answered(tmp_path, capsys):
    file, out = written(tmp_path, "metres", METRES), tmp_path / "out.geojson"
    assert main(["check", file, "--json"]) == 0
    (record,) = records(capsys)
    assert (record["crs"], record["converted"], record["routes"]) == (None, False, [])
    (question,) = (one for one in record["findings"] if one["code"] == "projected-coordinates")
    assert [one["crs"] for one in question["systems"]][:2] == ["EPSG:32638", "EPSG:28468"]
    assert question["systems"][1]["shift_m"] > 1_000
    assert main(["check", file]) == 0
    assert "--crs EPSG:28468: EPSG:28468 (Pulkovo 1942 / Gauss-Kruger 8N), begins at" in capsys.readouterr().out
    assert main(["mend", file, "-o", str(out), "--json"]) == 0
    assert records(capsys)[0]["mends"] == []
    for crs in ("EPSG:32638", "32638"):
        assert main(["check", file, "--json", "--crs", crs]) == 0
        (answered,) = records(capsys)
        assert (answered["crs"], answered["converted"], len(answered["routes"])) == ("EPSG:32638", True, 1)
        assert answered["sha256"] == record["sha256"]
    assert main(["mend", file, "-o", str(out), "--crs", "EPSG:32638", "--json"]) == 0
    assert "projected-coordinates" in [entry["code"] for entry in records(capsys)[0]["mends"]]
    assert main(["check", str(out), "--json"]) == 0
    (mended,) = records(capsys)
    assert (mended["crs"], mended["converted"]) == ("OGC:CRS84", False)
    assert mended["routes"][0]["length_km"] == answered["routes"][0]["length_km"]


def test_a_repair_that_waits_for_a_system_says_which_there_are_and_how_one_is_chosen(tmp_path, capsys):
    file, out = written(tmp_path, "metres", METRES), tmp_path / "out.geojson"
    assert main(["mend", file, "--only", "projected-coordinates", "-o", str(out)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Choose with --crs" in said.err
    assert "--crs EPSG:32638: EPSG:32638 (WGS 84 / UTM zone 38N), begins at" in said.err
    assert "--crs EPSG:28468" in said.err
    assert "nothing to mend" not in said.err
    assert not out.exists()
    # Without names the rest is done, and the question stands beside it.
    assert main(["mend", file, "-o", str(out)]) == 0
    assert "--crs EPSG:32638" in capsys.readouterr().err
    # A choice that leads elsewhere is told as that.
    assert main(["mend", file, "--only", "projected-coordinates", "--crs", "EPSG:32639", "-o", str(out)]) == 2
    assert "You chose EPSG:32639" in capsys.readouterr().err
    assert main(["mend", file, "--only", "projected-coordinates", "--crs", "EPSG:32638", "-o", str(out)]) == 0
    capsys.readouterr()
    assert main(["check", str(out), "--json"]) == 0
    assert records(capsys)[-1]["routes"][0]["accuracy_m"] > 1_000


@pytest.mark.parametrize("crs", ["EPSG:99999", "EPSG:5773", "LOCAL", "file:///etc/hosts"])
def test_a_system_that_places_nothing_is_refused_in_a_sentence(tmp_path, capsys, crs):
    with pytest.raises(SystemExit) as ended:
        main(["check", written(tmp_path, "metres", METRES), "--crs", crs])
    assert ended.value.code == 2
    assert "is no reference system known here" in capsys.readouterr().err
