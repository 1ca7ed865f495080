"""Every check by its own broken file: the files are walked, so a check without one fails here."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corridor.reading import line_shape
from corridor.reading.checks import CHECKS
from corridor.reading.faults import Check
from corridor.reading.limits import LIMITS, Limits
from corridor.reading.route import Reading, read_route

BROKEN = Path(__file__).parent.parent / "broken"
CODES = [check.code for check in CHECKS]
#: Caps drawn tight, so that a small file can break them.
TIGHT: dict[str, Limits] = {
    "file-too-large": replace(LIMITS, file_bytes=100),
    "too-many-features": replace(LIMITS, features=2),
    "too-many-vertices": replace(LIMITS, vertices=3),
    "xml-too-large": replace(LIMITS, vertices=3),
    "format-too-many": replace(LIMITS, vertices=2),
    "archive-too-many-members": replace(LIMITS, archive_members=4),
    "archive-too-large": replace(LIMITS, expanded_bytes=20_000),
}
SOUND = b"""{"type": "Feature", "properties": {"name": "Sound"}, "geometry": {"type": "LineString",
 "coordinates": [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]}}"""


def broken(code: str) -> Path:
    return next(iter(sorted(BROKEN.glob(f"{code}.*"))), BROKEN / f"{code}.missing")


def read(code: str) -> Reading:
    path = broken(code)
    return read_route(path.read_bytes(), path.name, limits=TIGHT.get(code, LIMITS))


def test_codes_are_unique_and_every_broken_file_belongs_to_one():
    assert len(set(CODES)) == len(CODES)
    assert {path.stem for path in BROKEN.iterdir()} == set(CODES)


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_a_check_finds_its_broken_file(check: Check, monkeypatch):
    if check.code == "crossings-not-sought":
        monkeypatch.setattr(line_shape, "LONGEST_TANGLE", 10)
    found = [finding for finding in read(check.code).findings if finding.code == check.code]
    assert found, f"{broken(check.code).name} is not found to be {check.code}"
    first = found[0]
    assert first.severity == check.severity
    assert first.mendable == (check.mend is not None)
    assert first.says.endswith(".")
    assert not re.search(r"\{\w+\}", first.says + first.advice)
    assert first.advice.endswith(".")


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_what_blocks_gives_no_route_from_there(check: Check):
    reading = read(check.code)
    blocked = {finding.feature for finding in reading.findings if finding.blocks}
    assert not blocked & {route.feature for route in reading.routes}


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_a_finding_with_a_path_in_json_text_has_line_and_column(check: Check):
    reading = read(check.code)
    if reading.format == "GeoJSON" and reading.data.lstrip()[:1] in b"{[":
        for finding in reading.findings:
            if finding.path is not None:
                assert finding.line is not None
                assert finding.column is not None


def test_a_sound_file_has_no_findings():
    reading = read_route(SOUND, "sound.geojson")
    assert reading.findings == ()
    assert reading.geojson == "valid"
    assert [route.name for route in reading.routes] == ["Sound"]


def test_the_place_of_a_syntax_error_is_where_the_comma_is_missing():
    (finding,) = read("json-syntax").findings
    assert (finding.line, finding.column) == (3, 2)
    assert "a comma or a closing }" in finding.says


def test_the_place_of_a_value_is_told_in_characters():
    text = (
        '{"type": "Feature", "properties": {"name": "Ճանապարհ"}, "geometry":\n {"type": "LineString", "coordinates": '
    )
    reading = read_route((text + "[[46.2, 38.9], [46.3]]}}").encode(), "a.geojson")
    (finding,) = (f for f in reading.findings if f.code == "position-too-short")
    assert finding.path == "/geometry/coordinates/1"
    assert (finding.line, finding.column) == (2, len(text.splitlines()[1]) + 16)


def test_more_of_a_kind_than_can_be_listed_are_counted():
    features = ", ".join(f'{{"type": "Feature", "properties": {{}}, "geometry": null, "id": {i}}}' for i in range(120))
    reading = read_route(f'{{"type": "FeatureCollection", "features": [{features}]}}'.encode(), "many.geojson")
    nulls = [finding for finding in reading.findings if finding.code == "null-geometry"]
    assert len(nulls) == 51
    assert "70 more" in nulls[-1].says
