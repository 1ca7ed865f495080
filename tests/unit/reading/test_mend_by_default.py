"""What is mended unasked cannot be wrong; what could be is left, and told by name with what it would change."""

import json
from dataclasses import replace

import orjson
import pytest

from corridor.commands.cli import main
from corridor.reading import mend as mending
from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.ledger import WhyLeft
from corridor.reading.mend import MENDABLE, by_name, mend, mend_by_default
from corridor.reading.repairs.systems import QUESTIONS
from corridor.reading.route import read_route
from tests.support.samples import CODES, SOUND, read, sample

BY_NAME = [
    check.code for check in CHECKS
    if check.mend is not None and check.mend.by_name and check.code not in QUESTIONS
]  # fmt: skip


def kilometres(reading) -> float:
    return sum(route.line.length for route in reading.routes)


@pytest.mark.parametrize("code", BY_NAME)
def test_a_repair_that_could_be_wrong_is_left_and_told_with_what_it_would_do(code):
    mended = mend_by_default(read(code))
    assert code not in {entry.code for entry in mended.ledger}
    (left,) = [repair for repair in mended.not_done if repair.would.code == code]
    assert left.why is WhyLeft.BY_NAME
    assert f"--only {code}" in mended.ledger_text()
    named = mend(mended.reading, [code])
    assert left.would == replace(named.ledger[0])
    assert {"code": code, "why": str(left.why)}.items() <= mended.ledger_json()["not_done"][0].items()


@pytest.mark.parametrize("code", QUESTIONS)
def test_what_needs_a_choice_is_left_until_there_is_one(code):
    reading = read(code)
    mended = mend_by_default(reading)
    (question,) = (finding for finding in reading.findings if finding.code == code)
    assert code not in {entry.code for entry in mended.ledger}
    chosen = mend_by_default(reading, {code: question.choices[0]})
    assert code in {entry.code for entry in chosen.ledger}


def test_the_length_a_repair_would_change_is_told_before_it_is_done():
    (left,) = mend_by_default(read("spike")).not_done
    assert left.would.length_before_km == pytest.approx(72.179, abs=0.001)
    assert left.would.length_after_km == pytest.approx(70.758, abs=0.001)
    assert (
        left.would.effect
        == "72.179 km become 70.758 km, 1,421 m less; 1.421 km drawn twice are taken out; 2 points taken out"
    )


@pytest.mark.parametrize("code", CODES)
def test_the_default_leaves_the_course_of_sound_lines_alone(code):
    reading = read(code)
    mended = mend_by_default(reading)
    if reading.usable and code != "lat-lon-swapped":
        assert kilometres(mended.reading) == pytest.approx(kilometres(reading), rel=0.01)
    assert not {entry.code for entry in mended.ledger} & set(BY_NAME)


@pytest.mark.parametrize("code", CODES)
def test_what_is_done_by_default_can_be_undone_by_itself(code):
    mended = mend_by_default(read(code))
    for done in mended.codes:
        assert done not in {entry.code for entry in mended.without(done).ledger}


def test_a_repair_that_alters_a_sound_line_by_more_than_one_in_a_hundred_is_left(monkeypatch):
    check = MENDABLE["spike"]
    unasked = replace(check, mend=replace(check.mend, by_name=False))
    monkeypatch.setitem(mending.MENDABLE, "spike", unasked)
    line = orjson.loads(sample("spike").content())
    doubled = line["geometry"]["coordinates"]
    doubled.insert(1, doubled[0])
    mended = mend_by_default(read_route(orjson.dumps(line), "spike.geojson"))
    assert [entry.code for entry in mended.ledger] == ["duplicate-vertices"]
    left = mended.not_done[0]
    assert (left.would.code, left.why) == ("spike", WhyLeft.KILOMETRES)
    assert left.would.vertices_removed == 2


def test_a_vertex_that_moves_is_told_with_how_far():
    precise = SOUND.replace(b"46.21,", b"46.21000004999,")
    (entry,) = mend_by_default(read_route(precise, "precise.geojson")).ledger
    assert entry.vertices_moved == 1
    assert entry.moved_up_to_m == pytest.approx(0.004, abs=0.0005)
    assert "1 point moved by up to less than 1 cm" not in entry.effect
    assert entry.effect.endswith("1 point moved by less than 1 cm")


def test_swapped_axes_are_mended_by_default_though_the_length_changes():
    mended = mend_by_default(read("lat-lon-swapped"))
    assert [entry.code for entry in mended.ledger] == ["lat-lon-swapped"]
    assert mended.not_done == ()


def test_the_command_does_the_named_repairs_alone(tmp_path, capsys):
    out = tmp_path / "out.geojson"
    line = orjson.loads(sample("spike").content())
    doubled = line["geometry"]["coordinates"]
    doubled.insert(1, doubled[0])
    given = tmp_path / "given.geojson"
    given.write_bytes(orjson.dumps(line))
    assert main(["mend", str(given), "--only", "spike", "-o", str(out), "--json"]) == 0
    assert [entry["code"] for entry in json.loads(capsys.readouterr().out)["mends"]] == ["spike"]
    assert main(["mend", str(given), "-o", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [entry["code"] for entry in told["mends"]] == ["duplicate-vertices"]
    assert [entry["code"] for entry in told["not_done"]] == ["spike"]


def test_a_dry_run_writes_nothing(tmp_path, capsys):
    given = tmp_path / "spike.geojson"
    given.write_bytes(sample("spike").content())
    assert main(["mend", str(given), "--only", "spike", "--dry-run"]) == 0
    assert "70.758 km after" in capsys.readouterr().out
    assert sorted(tmp_path.iterdir()) == [given]


def test_wrong_use_of_mend_is_told(tmp_path, capsys):
    given = tmp_path / "spike.geojson"
    given.write_bytes(sample("spike").content())
    assert main(["mend", str(given)]) == 2
    assert "--dry-run" in capsys.readouterr().err
    assert main(["mend", str(given), "--only", "spikes", "--dry-run"]) == 2
    assert "no repair is called spikes" in capsys.readouterr().err
    assert main(["mend", str(given), "--only", "over-precise", "--dry-run"]) == 0
    assert "nothing to mend was found" in capsys.readouterr().err


@pytest.mark.parametrize("code", CODES)
def test_only_what_plain_mend_mends_is_called_mendable(code):
    for finding in read(code).findings:
        if finding.mendable:
            assert finding.by_name == by_name(finding.code)
