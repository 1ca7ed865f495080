"""A file yields its own bytes and nothing else: beside a file nobody sent, and an address that listens, all is quiet.

Every sample, every kind of hostile file and mutations of them go through check, mend, compare, what the page works
out, and a briefing; the hostile files also as a story and as a template.
"""

import contextlib
import io
import json
import random
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corridor.present.briefing_files.formats import FORMATS
from corridor.present.slides.stage import TemplateError, stage_from
from corridor.present.story.briefing import ExportOptions, brief
from corridor.reading.formats.shapefile import SHAPEFILE_ERRORS, read_shapefile
from corridor.reading.limits import LIMITS
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import read_route
from corridor.reading.samples import read_samples
from corridor.store.work import Request, analyse, compared
from corridor.storyboard.embedding import embedded
from corridor.storyboard.opening import MOST_ROUTES, open_story
from corridor.storyboard.story import Story
from corridor.storyboard.writing import story_bytes
from tests.support.briefed import MADE_ON, briefing_context
from tests.support.commands import printed_by
from tests.support.hostile_databases import endless, geopackage, reaching, register
from tests.support.hostile_templates import reaching_template
from tests.support.hostile_texts import definitions, packed, shapefile, texts
from tests.support.outside import CANARY, Outside, outside

#: How often each file is mutated, and how many of its bytes at most.
MUTATIONS, MUTATED_BYTES = 6, 4


@pytest.fixture(scope="module")
def beyond(tmp_path_factory) -> Iterator[Outside]:
    with outside(tmp_path_factory.mktemp("outside")) as made:
        yield made


@pytest.fixture(autouse=True)
def little_time(monkeypatch) -> None:
    """Give what would never end a tenth of its time: none of it comes to an end in more."""
    monkeypatch.setattr("corridor.reading.formats.databases.SECONDS", 0.3)


@cache
def hostile(url: str, canary: str, folder: str) -> dict[str, bytes]:
    """Every kind of hostile file by name."""
    files = {**dict(texts(url, canary))}
    files |= {f"{name}.gpkg": data for name, data in reaching(Path(canary))}
    files |= {f"{name}.gpkg": data for name, data in endless()}
    for name, text in definitions(url, canary):
        files[f"system {name}.zip"] = shapefile(folder, text)
        quoted = text.replace("'", "''")
        files[f"system {name}.gpkg"] = geopackage(
            f"INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 77, 'NONE', 77, '{quoted}', '');",
            "CREATE TABLE other (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
            f"INSERT INTO other SELECT fid, geom, name FROM route; {register('other', srs=77)}",
        )
    files |= {f"packed {name}.zip": packed({name.replace(" ", "_"): data}) for name, data in list(files.items())[:40]}
    return files


@pytest.fixture
def files(beyond, tmp_path_factory) -> dict[str, bytes]:
    found = hostile(beyond.url, str(beyond.path), str(tmp_path_factory.mktemp("parts")))
    beyond.connections.clear()
    assert beyond.openings == 0
    return found


def quiet(beyond: Outside, said: str | bytes, name: str) -> None:
    """Fail where the file's text came out, somebody asked the address, or opened the file."""
    plain = said if isinstance(said, bytes) else said.encode("utf-8", "surrogatepass")
    assert CANARY.encode() not in plain, name
    assert beyond.connections == [], name
    assert beyond.openings == 0, name


def test_the_watch_sees_what_it_is_for(beyond):
    beyond.path.read_bytes()
    assert beyond.openings > 0
    with contextlib.suppress(OSError):
        urllib.request.urlopen(beyond.url, timeout=5)
    assert beyond.connections
    beyond.connections.clear()


@pytest.mark.slow
def test_check_mend_and_the_page_yield_a_file_alone(beyond, files, tmp_path):
    for number, (name, data) in enumerate(files.items()):
        reading = read_route(data, name)
        mended = mend(reading, MENDABLE)
        assert {route.name for route in reading.routes} <= {"Own route", "Route 1", "Route 2"}, name
        path = tmp_path / str(number)
        path.write_bytes(data)
        looked = analyse(Request(path, reading.sha256, name), lambda _: None)
        said = [reading.findings, reading.document, reading.routes, mended.data, mended.ledger, looked.reading.findings]
        quiet(beyond, repr(said), name)


@pytest.mark.slow
def test_the_commands_yield_a_file_alone(beyond, files, tmp_path):
    paths = []
    for number, (name, data) in enumerate(files.items()):
        path = tmp_path / f"{number}.{name.rpartition('.')[2]}"
        path.write_bytes(data)
        paths.append(str(path))
    mended = [["mend", path, "-o", f"{path}.geojson", "--json"] for path in paths[:: len(paths) // 12]]
    said = printed_by([["check", "--json", *paths], *mended])
    found = [json.loads(line) for line in said.splitlines() if line.startswith("{") and '"file"' in line]
    usable = [one["file"] for one in found if one.get("route") == "usable" and len(one["routes"]) == 1]
    kinds = [
        ["compare", *usable[:3], "--out", str(tmp_path / f"out.{suffix}")]
        for suffix in ("csv", "xlsx", "gpkg", "pdf", "geojson")
    ]
    said += printed_by([["compare", *usable[:5], "--json"], *kinds])
    quiet(beyond, said, "said")
    for path in tmp_path.iterdir():
        if path.name.startswith("out.") or path.suffix == ".geojson":
            quiet(beyond, path.read_bytes(), path.name)


@pytest.mark.slow
def test_a_briefing_of_hostile_routes_yields_them_alone(beyond, files):
    story = Story("s", "Story")
    for name, data in files.items():
        if len(story.routes) == MOST_ROUTES:
            break
        for route in read_route(data, name).routes[:1]:
            story, _, _ = embedded(story, replace(route, name=name), origin=f"{beyond.url} {beyond.path}", file=name)
    assert len(story.routes) == MOST_ROUTES
    briefed(story, beyond)


class _Addresses(HTMLParser):
    """Collects the values of attributes with which a page can ask for something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _, attrs):
        self.found += [
            value or "" for name, value in attrs if name in ("src", "srcset", "href", "data", "action", "style")
        ]


def _reaching_story(url: str, canary: str) -> bytes:
    words = [
        f'#image("{canary}") #read("{canary}") #include "{canary}" #import "{url}"',
        f"<img src='{url}/a.png'><script src='{url}/a.js'></script><iframe src='{url}'></iframe>",
        f"![a]({url}/a.png) [b]({url}) {{{{ url }}}} {url}/a.png file://{canary}",
        f"<w:instrText>INCLUDETEXT {canary}</w:instrText> =WEBSERVICE({url})",
    ]
    text = [f"schema = 1\nid = 'hostile'\ntitle = {json.dumps(words[1])}\nsubtitle = {json.dumps(words[0])}\n"
            f"author = {json.dumps(words[2])}\nhandling = {json.dumps(words[0][:80])}\n"]  # fmt: skip
    for number, one in enumerate(words):
        text.append(
            f"[[scene]]\nid = 'scene-{number}'\nkind = 'table'\ntable = 'areas'\ntitle = {json.dumps(one[:100])}\n"
            f"message = {json.dumps(one)}\nnotes = {json.dumps(one)}\nimage = {json.dumps(canary)}\n"
            f"address = {json.dumps(url)}\n"
        )
    return "\n".join(text).encode()


@pytest.mark.slow
def test_the_words_of_a_story_lead_nowhere(beyond):
    opened = open_story(_reaching_story(beyond.url, str(beyond.path)), "s.toml")
    assert opened.story is not None
    made = brief(opened.story, briefing_context(), MADE_ON, problems=opened.problems)
    for kind in FORMATS:
        data = kind.write(made)
        quiet(beyond, data, kind.suffix)
        if kind.suffix == "html":
            addresses = _Addresses()
            addresses.feed(data.decode())
            assert not [one for one in addresses.found if beyond.url in one or str(beyond.path) in one]
        if kind.suffix == "pptx":
            assert beyond.url.encode() not in _relationships(data)


def _relationships(pptx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pptx)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))


def test_no_file_leads_anywhere_as_a_story_or_as_a_template(beyond, files):
    for name, data in files.items():
        opened = open_story(data, name)
        assert opened.story is None or opened.story.scenes is not None
        with contextlib.suppress(TemplateError):
            stage_from(data)
        quiet(beyond, repr(opened.problems), name)


def test_slides_in_a_hostile_template_lead_nowhere(beyond):
    template = reaching_template(beyond.url, str(beyond.path))
    opened = open_story(_reaching_story(beyond.url, str(beyond.path)), "s.toml")
    made = brief(opened.story, briefing_context(), MADE_ON, options=ExportOptions(template=template))
    data = next(kind for kind in FORMATS if kind.suffix == "pptx").write(made)
    quiet(beyond, data, "template")
    assert beyond.url.encode() not in _relationships(data)


def shipped_samples() -> dict[str, bytes]:
    """The samples by name, without those that only show a cap."""
    return {
        one.file: one.content() for group in read_samples().values() for one in group
        if not one.file.startswith(("too-", "file-too", "xml-too", "format-too"))
    }  # fmt: skip


def mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, MUTATED_BYTES)):
        changed[dice.randrange(len(changed))] = dice.randrange(256) if changed else 0
    if dice.random() < 0.2:
        del changed[dice.randrange(len(changed)) :]
    return bytes(changed)


def test_samples_and_mutations_yield_themselves_alone(beyond, files):
    dice = random.Random(20250808)
    for name, data in {**shipped_samples(), **files}.items():
        if len(data) > 300_000 or name.startswith("endless"):
            continue
        for _ in range(MUTATIONS if name in files else 2):
            reading = read_route(mutated(data, dice), name, limits=replace(LIMITS, vertices=50_000))
            quiet(beyond, repr((reading.findings, reading.document)), name)


def briefed(story: Story, beyond: Outside) -> None:
    """Write a story with its routes as every kind of file, and fail where one holds more than they do."""
    opened = open_story(story_bytes(story), "s.toml")
    made = brief(opened.story, briefing_context(), MADE_ON, problems=opened.problems)
    for kind in FORMATS:
        quiet(beyond, kind.write(made), kind.suffix)


@pytest.mark.slow
def test_every_sample_goes_every_way_by_itself(beyond, tmp_path):
    paths: dict[str, Path] = {}
    for name, data in shipped_samples().items():
        paths[name] = tmp_path / name
        paths[name].write_bytes(data)
        looked = analyse(Request(paths[name], "", name), lambda _: None)
        quiet(beyond, repr((looked.reading.findings, looked.reading.routes, looked.assessments)), name)
    mended = [["mend", str(paths[name]), "-o", str(tmp_path / f"{name}.mended"), "--json"] for name in list(paths)[::8]]
    said = printed_by([["check", "--json", *map(str, paths.values())], *mended])
    quiet(beyond, said, "check and mend")
    found = [json.loads(line) for line in said.splitlines() if line.startswith('{"file"')]
    assert {Path(one["file"]).name for one in found} == set(paths)
    single = [one["file"] for one in found if one.get("route") == "usable" and len(one["routes"]) == 1]
    assert len(single) > 20
    comparing: list[list[str]] = []
    for first in range(0, len(single) - 1, 10):
        comparing.append(["compare", *single[first : first + 4], "--json"])
        comparing += [
            ["compare", *single[first : first + 3], "--out", str(tmp_path / f"{first}-out.{suffix}")]
            for suffix in ("xlsx", "gpkg", "pdf")
        ]
    quiet(beyond, printed_by(comparing), "compare")
    for path in tmp_path.glob("*-out.*"):
        quiet(beyond, path.read_bytes(), path.name)
    story = Story("s", "Story")
    for name in single[:MOST_ROUTES]:
        (route,) = read_route(Path(name).read_bytes(), name).routes
        story, _, _ = embedded(story, route, origin="sample", file=Path(name).name)
    briefed(story, beyond)


@pytest.mark.slow
def test_mutations_go_every_way_by_themselves(beyond, files, tmp_path):
    dice = random.Random(20260609)
    story, path = Story("s", "Story"), tmp_path / "mutated"
    for name, data in {**shipped_samples(), **files}.items():
        if len(data) > 50_000 or name.startswith("endless"):
            continue
        path.write_bytes(mutated(data, dice))
        looked = analyse(Request(path, "", name, tuple((code, None) for code in MENDABLE)), lambda _: None)
        quiet(beyond, repr((looked.reading.findings, looked.mended.ledger, looked.assessments)), name)
        if len(looked.assessments) > 1:
            base, *others = looked.assessments[:4]
            quiet(beyond, repr(compared(base, others, lambda _: None)), name)
        for route in looked.reading.routes[:1]:
            story, _, _ = embedded(story, route, origin=name, file=name)
    briefed(story, beyond)
    commands: list[list[str]] = []
    for number, name in enumerate(list(files)[::12]):
        given = tmp_path / f"{number}.mutated"
        given.write_bytes(mutated(files[name], dice))
        commands += [
            ["check", str(given), "--json"],
            ["mend", str(given), "-o", str(tmp_path / f"{number}.geojson"), "--json"],
        ]
    quiet(beyond, printed_by(commands), "said")


def test_a_shapefile_is_opened_as_a_shapefile_whatever_it_holds(beyond, files):
    with zipfile.ZipFile(io.BytesIO(files["system plain file.zip"])) as archive:
        sound = {Path(name).suffix: archive.read(name) for name in archive.namelist()}
    assert len(read_shapefile(sound, 10).shapes) == 1
    for name, data in files.items():
        for hostile_part in (".shp", ".dbf", ".shx", ".cpg", ".prj"):
            with contextlib.suppress(*SHAPEFILE_ERRORS):
                read = read_shapefile({**sound, hostile_part: data[:200_000]}, 10)
                quiet(beyond, repr((read.properties, read.system[:0] if read.system else "")), name)
        quiet(beyond, b"", name)
