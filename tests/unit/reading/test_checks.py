"""Every check by its own sample file: both are walked, so a check without a sample fails here."""

import re

import pytest

from corridor.errors import DocumentError
from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.faults import Check, Count
from corridor.reading.route import read_route
from corridor.reading.samples import FOLDER, Sample, read_samples
from corridor.reading.samples import SOUND as SOUND_KIND
from corridor.sources import GEODATA
from tests.support.registers import change, copied, one_sentence
from tests.support.samples import CODES, SOUND, read, sample


def test_codes_are_unique_and_every_check_has_a_sample():
    assert len(set(CODES)) == len(CODES)
    broken = [one.id for kind, group in read_samples().items() if kind.id != SOUND_KIND for one in group]
    assert sorted(broken) == sorted(CODES)


def test_every_file_beside_the_samples_is_one():
    files = [one.file for group in read_samples().values() for one in group]
    assert sorted(files) == sorted(path.name for path in (GEODATA / FOLDER).iterdir())


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_a_check_finds_its_sample(check: Check):
    found = [finding for finding in read(check.code).findings if finding.code == check.code]
    assert found, f"{sample(check.code).file} is not found to be {check.code}"
    first = found[0]
    assert sample(check.code).says == first.says
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
    assert (finding.line, finding.column) == (9, 7)
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
    assert len(nulls) == 4
    assert "117 more" in nulls[-1].says


def test_a_count_of_one_is_told_in_the_singular():
    assert "{0:vertex lies|vertices lie}; {0:>3}".format(Count(1)) == "1 vertex lies;   1"
    assert f"{Count(1200):vertex lies|vertices lie}" == "1,200 vertices lie"


@pytest.mark.parametrize("sound", [one for k, group in read_samples().items() if k.id == SOUND_KIND for one in group])
def test_a_sound_sample_gives_routes_and_no_error(sound: Sample):
    reading = read(sound.id)
    assert reading.usable
    assert {finding.code for finding in reading.findings} <= {"long-chord", "position-3d"}


def test_a_broken_list_of_samples_is_refused_in_one_sentence(tmp_path):
    root = copied(tmp_path)
    (root / FOLDER).mkdir()
    with pytest.raises(DocumentError) as raised:
        read_samples(root)
    one_sentence(raised, "geodata/texts/samples.toml", "'sound-whole-line'", "is not in geodata/samples/")
    change(root, "samples.toml", 'kind = "sound"', 'kind = "nice"')
    with pytest.raises(DocumentError) as raised:
        read_samples(root)
    one_sentence(raised, "'nice'")
