"""The page that says which files are read: its template and its samples are read again as they are."""

import zipfile
from io import BytesIO

from corridor.present.own_route.file_help import samples_zip, template_geojson
from corridor.reading.route import read_route
from corridor.reading.samples import read_samples
from corridor.texts.file_help import read_exporting_programs, read_formats
from tests.support.opened import open_page, shown


def test_every_format_and_program_is_named():
    app = open_page("files.py", {})
    words = shown(app)
    for name in (*(read.format for read in read_formats()), *(one.program for one in read_exporting_programs())):
        assert name in words


def test_the_template_is_a_sound_route_that_says_what_it_is():
    reading = read_route(template_geojson(), "route-template.geojson")
    assert reading.geojson == "valid"
    assert {finding.code for finding in reading.findings} <= {"long-chord"}
    (route,) = reading.routes
    assert (route.mode, route.stated_accuracy_m) == ("rail", 100)


def test_the_samples_are_all_in_the_archive_byte_for_byte():
    samples = [sample for group in read_samples().values() for sample in group]
    with zipfile.ZipFile(BytesIO(samples_zip())) as archive:
        assert archive.namelist() == ["samples.txt", *(sample.file for sample in samples)]
        assert all(archive.read(sample.file) == sample.content() for sample in samples)
    assert samples_zip() == samples_zip()
