"""Shipped data that cannot be used stops the application with one sentence naming the file; nothing is half drawn."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corridor.errors import CorridorError
from corridor.present.context import read_briefing_context
from corridor.shipped import read_shipped
from corridor.sources import GEODATA
from geodata.build.png import png

ROOT = GEODATA.parent


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    """A copy of the shipped data to break."""
    shutil.copytree(GEODATA, tmp_path / "geodata", ignore=shutil.ignore_patterns("build", "__pycache__"))
    return tmp_path / "geodata"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}; this test breaks nothing"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def seal(root: Path, layer: str, suffix: str = "geojson") -> None:
    """Put the hash of a changed layer into the catalogue, so that only its content is wrong."""
    digest = hashlib.sha256((root / "layers" / f"{layer}.{suffix}").read_bytes()).hexdigest()
    catalogue = (root / "catalogue.toml").read_text(encoding="utf-8")
    pattern = rf'(file = "layers/{layer}\.{suffix}"\nsha256 = ")[0-9a-f]+'
    (root / "catalogue.toml").write_text(re.sub(pattern, rf"\g<1>{digest}", catalogue), encoding="utf-8")


def layer_changed_by_hand(root: Path) -> None:
    edit(root / "layers" / "territory.geojson", "Armenia", "Armenia ")


def layer_missing(root: Path) -> None:
    (root / "layers" / "water.geojson").unlink()


def layer_no_longer_json(root: Path) -> None:
    (root / "layers" / "exclave.geojson").write_text("{")
    seal(root, "exclave")


def feature_without_a_property(root: Path) -> None:
    edit(root / "layers" / "place.geojson", '"names":', '"nomes":')
    seal(root, "place")


def feature_with_an_unknown_source(root: Path) -> None:
    edit(root / "layers" / "place.geojson", '"geonames-cities500"', '"somebody-said"')
    seal(root, "place")


def licence_missing(root: Path) -> None:
    text = (root / "catalogue.toml").read_text(encoding="utf-8")
    (root / "catalogue.toml").write_text(re.sub(r"^licence = .*\n", "", text, count=1, flags=re.M), encoding="utf-8")


def licence_empty(root: Path) -> None:
    text = (root / "catalogue.toml").read_text(encoding="utf-8")
    (root / "catalogue.toml").write_text(
        re.sub(r"^licence = .*\n", 'licence = ""\n', text, count=1, flags=re.M), encoding="utf-8"
    )


def catalogue_not_toml(root: Path) -> None:
    edit(root / "catalogue.toml", "[[layer]]", "[[layer]")


def phrase_not_in_the_text(root: Path) -> None:
    edit(root / "texts" / "joint-declaration.toml", 'phrase = "unimpeded connectivity"', 'phrase = "free passage"')


def target_that_does_not_exist(root: Path) -> None:
    edit(root / "texts" / "joint-declaration.toml", '"route/tripp-rail"', '"route/tripp-tunnel"')


def text_of_the_declaration_changed(root: Path) -> None:
    edit(root / "texts" / "joint-declaration.toml", "advancement of peace in the region", "advancement of peace in it")


def candidate_with_an_unknown_segment(root: Path) -> None:
    edit(root / "tables" / "candidate.toml", '"rail-ordubad-julfa"', '"rail-ordubad-atlantis"')


def source_without_a_publisher(root: Path) -> None:
    path = sorted((root / "sources").glob("*.toml"))[0]
    edit(path, "publisher =", "publishr =")


def graded(root: Path) -> Path:
    """The first file with a source of which only a headline was read."""
    return next(p for p in sorted((root / "sources").glob("*.toml")) if 'grade = "headline"' in p.read_text("utf-8"))


def source_without_a_grade(root: Path) -> None:
    """Of an old page, which nothing else would stop."""
    path = root / "sources" / "documents.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('grade = "page"\n', "", 1), encoding="utf-8")


def newer_source_called_a_page(root: Path) -> None:
    path = graded(root)
    text = path.read_text(encoding="utf-8")
    read_to = tomllib.loads((root / "texts" / "edition.toml").read_text(encoding="utf-8"))["edition"]["pages_to"]
    records = tomllib.loads(text)["source"].items()
    newer = next(i for i, source in records if source.get("grade") == "headline" and source["published"] > read_to)
    before, header, record = text.partition(f"[source.{newer}]")
    path.write_text(before + header + record.replace('grade = "headline"', 'grade = "page"', 1), encoding="utf-8")


def grade_that_is_none(root: Path) -> None:
    edit(graded(root), 'grade = "headline"', 'grade = "rumour"')


def event_after_what_was_read(root: Path) -> None:
    edit(root / "texts" / "timeline.toml", 'date = "1991-12-21"', 'date = "2026-11-21"')


def event_that_ends_after_what_was_read(root: Path) -> None:
    edit(root / "texts" / "timeline.toml", 'until = "2025-10-02"', 'until = "2027-10-02"')


def quotation_after_what_was_read(root: Path) -> None:
    edit(root / "texts" / "timeline.toml", 'as_of = "2025-09-27"', 'as_of = "2027-09-27"')


def act_after_what_was_read(root: Path) -> None:
    path = root / "texts" / "instruments.toml"
    before, header, act = path.read_text(encoding="utf-8").partition('did = "initialled"')
    path.write_text(before + header + re.sub(r'date = "[^"]+"', 'date = "2027-05-01"', act, count=1), encoding="utf-8")


def raster_changed_by_hand(root: Path) -> None:
    path = root / "layers" / "elevation.png"
    path.write_bytes(path.read_bytes() + b"\0")


def raster_missing(root: Path) -> None:
    (root / "layers" / "relief.png").unlink()


def raster_of_another_size(root: Path) -> None:
    edit(root / "catalogue.toml", "columns = 1080", "columns = 1081")


def raster_of_another_type(root: Path) -> None:
    (root / "layers" / "elevation.png").write_bytes(png(np.zeros((600, 1080), dtype=np.uint8)))
    seal(root, "elevation", "png")


def raster_cut_off(root: Path) -> None:
    path = root / "layers" / "relief.png"
    path.write_bytes(path.read_bytes()[:90_000])
    seal(root, "relief", "png")


def raster_cut_off_in_its_header(root: Path) -> None:
    path = root / "layers" / "relief.png"
    path.write_bytes(path.read_bytes()[:20])
    seal(root, "relief", "png")


def raster_that_is_no_png(root: Path) -> None:
    (root / "layers" / "relief.png").write_bytes(b"GIF89a" + bytes(900))
    seal(root, "relief", "png")


def raster_with_the_id_of_a_layer(root: Path) -> None:
    edit(root / "catalogue.toml", 'id = "relief"', 'id = "water"')


def raster_without_land(root: Path) -> None:
    edit(root / "catalogue.toml", "west = 42.0", "west = 52.0")


def no_raster_at_all(root: Path) -> None:
    path = root / "catalogue.toml"
    path.write_text(path.read_text(encoding="utf-8").partition("[[raster]]")[0], encoding="utf-8")


CASES: list[tuple[Callable[[Path], None], str, str]] = [
    (layer_changed_by_hand, "geodata/layers/territory.geojson", "changed after it was built"),
    (layer_missing, "geodata/layers/water.geojson", "missing"),
    (layer_no_longer_json, "geodata/layers/exclave.geojson", "JSON"),
    (feature_without_a_property, "geodata/layers/place.geojson", "'names'"),
    (feature_with_an_unknown_source, "geodata/layers/place.geojson", "'somebody-said'"),
    (licence_missing, "geodata/catalogue.toml", "licence"),
    (licence_empty, "geodata/catalogue.toml", "licence"),
    (raster_changed_by_hand, "geodata/layers/elevation.png", "changed after it was built"),
    (raster_missing, "geodata/layers/relief.png", "missing"),
    (raster_of_another_size, "geodata/layers/elevation.png", "1080 x 600"),
    (raster_of_another_type, "geodata/layers/elevation.png", "another type"),
    (raster_cut_off, "geodata/layers/relief.png", "promises"),
    (raster_that_is_no_png, "geodata/layers/relief.png", "PNG"),
    (raster_cut_off_in_its_header, "geodata/layers/relief.png", "PNG"),
    (raster_with_the_id_of_a_layer, "geodata/catalogue.toml", "'water'"),
    (raster_without_land, "geodata/catalogue.toml", "'elevation'"),
    (no_raster_at_all, "geodata/catalogue.toml", "[[raster]]"),
    (catalogue_not_toml, "geodata/catalogue.toml", "line"),
    (phrase_not_in_the_text, "geodata/texts/joint-declaration.toml", "0 times"),
    (target_that_does_not_exist, "geodata/texts/joint-declaration.toml", "route/tripp-tunnel"),
    (text_of_the_declaration_changed, "geodata/texts/joint-declaration.toml", "sha256"),
    (candidate_with_an_unknown_segment, "geodata/tables/candidate.toml", "'rail-ordubad-atlantis'"),
    (source_without_a_grade, "geodata/sources/documents.toml, [source.seed-000]", "has no grade"),
    (newer_source_called_a_page, "geodata/sources/", "mend its grade"),
    (grade_that_is_none, "geodata/sources/", "grade"),
    (event_after_what_was_read, "geodata/texts/timeline.toml", "is dated 2026-11-21, after"),
    (event_that_ends_after_what_was_read, "geodata/texts/timeline.toml", "ends on 2027-10-02, after"),
    (quotation_after_what_was_read, "geodata/texts/timeline.toml", "of 2027-09-27, after"),
    (act_after_what_was_read, "geodata/texts/instruments.toml", "is initialled on 2027-05-01, after"),
    (source_without_a_publisher, "geodata/sources/", "publish"),
]


@pytest.mark.parametrize(("broken", "file", "names"), CASES, ids=[case[0].__name__ for case in CASES])
def test_one_sentence_names_the_file_and_what_was_expected(geodata, broken, file, names):
    broken(geodata)
    with pytest.raises(CorridorError) as caught:
        read_shipped(geodata)
    said = str(caught.value)
    assert file in said
    assert names in said
    assert "\n" not in said
    assert said.endswith(".")


def question_that_asks_for_nothing_shipped(root: Path) -> None:
    edit(root / "texts" / "questions.toml", 'feature = "route/', 'feature = "route/no-')


def story_that_names_what_is_not_shipped(root: Path) -> None:
    edit(root / "stories" / "options-side-by-side.toml", 'candidates = ["rail-araks"]', 'candidates = ["rail-moon"]')


def story_with_a_key_nobody_knows(root: Path) -> None:
    edit(root / "stories" / "declaration-on-the-map.toml", "inset = true", "insert = true")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (story_that_names_what_is_not_shipped, "scene 'rail-araks', candidates: 'rail-moon' is no candidate"),
        (story_with_a_key_nobody_knows, "scene 'tripp', key 'insert': is not known to this version"),
    ],
    ids=["a candidate", "a key"],
)
def test_a_shipped_story_is_read_without_forgiveness(geodata, broken, says):
    broken(geodata)
    with pytest.raises(CorridorError, match=re.escape(says)) as caught:
        _ = read_briefing_context(geodata).stories
    assert str(caught.value).startswith("geodata/stories/")
    assert str(caught.value).endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "broken", "file"),
    [
        (["-m", "streamlit", "run", "app.py", "--server.port", "0"], layer_changed_by_hand, "geodata/layers/territory"),
        (["app.py"], layer_changed_by_hand, "geodata/layers/territory"),
        (["app.py"], question_that_asks_for_nothing_shipped, "geodata/texts/questions.toml"),
        (["app.py"], story_that_names_what_is_not_shipped, "geodata/stories/options-side-by-side.toml"),
        (
            ["-m", "corridor", "brief", "--list"],
            story_with_a_key_nobody_knows,
            "geodata/stories/declaration-on-the-map",
        ),
    ],
    ids=["streamlit run", "python", "python, a question", "python, a story", "brief"],
)
def test_the_application_does_not_start_and_says_why_without_a_traceback(geodata, command, broken, file):
    tree = geodata.parent
    shutil.copytree(ROOT / "corridor", tree / "corridor", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".streamlit", tree / ".streamlit")
    shutil.copy(ROOT / "app.py", tree)
    broken(geodata)
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().startswith(f"corridor: {file}")
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr + ended.stdout
