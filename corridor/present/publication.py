"""Which files a browser fetches besides Streamlit's own, each under an address that changes when its content does."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from xstatic.pkg import leaflet

from corridor.land.catalogue import layer_bytes
from corridor.land.rasters import RELIEF
from corridor.office.lines import lines_of, with_lines
from corridor.office.updates import Update, read_updates
from corridor.present.browser import files
from corridor.present.live_map.folium_script import ReliefPicture, map_script
from corridor.present.reader import payload
from corridor.settings import read_settings
from corridor.shipped import Shipped, read_shipped
from corridor.sources import GEODATA

LEAFLET_FILES = ("leaflet.js", "leaflet.css")
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Published:
    """One file as it is published: its address on this server, its content and what that is."""

    address: str
    content: bytes
    media_type: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


#: Publications that are kept: what is shown, and what pages that were opened before an office's change still fetch.
MOST_KEPT = 3
#: The one that is shown, by the folder it was made of, and who makes the next.
_LATEST: dict[Path, "Publication"] = {}
_MAKING = Lock()


@dataclass(frozen=True, eq=False, slots=True)
class Publication:
    """All published files, where each component finds its own, and the shipped data with an office's lines in it.

    `switches` are the ids an address may name as layers; `reader_files` the addresses of what the reader is made of;
    `lines` are the entries that give segments a line, `problems` a sentence for each of them that cannot stand.
    """

    files: tuple[Published, ...]
    map: str
    map_key: str
    payload: str
    leaflet: str
    reader: str
    reader_files: tuple[str, ...]
    routes: str
    presenter: str
    switches: tuple[str, ...]
    shipped: Shipped
    lines: tuple[Update, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def of_a_map(self) -> dict[str, str]:
        """What `load` in `shared/loading.js` asks of every map in the browser: where it fetches what it is made of."""
        return {"map": self.map, "map_key": self.map_key, "payload": self.payload, "leaflet": self.leaflet}


def published(root: Path = GEODATA) -> Publication:
    """Return the publication of the shipped data with the lines of the office's file; it holds no state of a visitor.

    It is made once for what that file holds of lines; while it is made anew, whoever else asks is given the one before.
    Raises CorridorError, one sentence, when anything shipped is broken; never for what is in the file.
    """
    updates = read_updates(read_settings().office_updates, _as_shipped(root).known_ids)
    lines, latest = lines_of(updates.entries), _LATEST.get(root)
    if latest is not None and (latest.lines == lines or not _MAKING.acquire(blocking=False)):
        return latest
    if latest is None:
        _MAKING.acquire()
    try:
        _LATEST[root] = made = _published(root, lines)
    finally:
        _MAKING.release()
    return made


@cache
def _as_shipped(root: Path) -> Shipped:
    return read_shipped(root)


@lru_cache(MOST_KEPT)
def _published(root: Path, lines: tuple[Update, ...]) -> Publication:
    shipped, problems = with_lines(_as_shipped(root), lines, root)
    raster = shipped.rasters[RELIEF]
    picture = layer_bytes(raster, root)
    relief_file = Published(f"/assets/maps/{_short(picture)}.png", picture, MEDIA_TYPES[".png"])
    relief = ReliefPicture(relief_file.address, raster.grid.bounds)
    script = map_script(shipped.features, shipped.layers, relief)
    beside_the_map = payload(shipped)
    payload_bytes = json.dumps(beside_the_map, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    map_file = Published(f"/assets/maps/{script.key}.js", script.script.encode(), MEDIA_TYPES[".js"])
    payload_file = Published(f"/assets/data/{_short(payload_bytes)}.json", payload_bytes, MEDIA_TYPES[".json"])
    scripts, script_files = _folder("scripts", _scripts())
    leaflet_folder = Path(leaflet.BASE_DIR)
    leaflet_base, leaflet_files = _folder(
        "leaflet", {name: (leaflet_folder / name).read_bytes() for name in LEAFLET_FILES}
    )
    return Publication(
        files=(map_file, relief_file, payload_file, *script_files, *leaflet_files),
        map=map_file.address,
        map_key=script.key,
        payload=payload_file.address,
        leaflet=leaflet_base,
        reader=f"{scripts}/reader",
        reader_files=tuple(f"{scripts}/{name}" for name in files.files_of_window("reader/reader.js")),
        routes=f"{scripts}/route",
        presenter=f"{scripts}/presenter",
        switches=tuple(switch["id"] for group in beside_the_map["layers"] for switch in group["switches"]),
        shipped=shipped,
        lines=lines,
        problems=problems,
    )


def _scripts() -> dict[str, bytes]:
    folders = (files.SHARED, *files.COMPONENTS)
    return {name: files.text(name).encode() for folder in folders for name in files.files_of_folder(folder)}


def _folder(name: str, contents: Mapping[str, bytes]) -> tuple[str, list[Published]]:
    """Return the address of a folder named by all its content, and its files; they may refer to each other by name."""
    digests = b"".join(file.encode() + hashlib.sha256(content).digest() for file, content in sorted(contents.items()))
    base = f"/assets/{name}/{_short(digests)}"
    return base, [
        Published(f"{base}/{file}", content, MEDIA_TYPES[Path(file).suffix]) for file, content in contents.items()
    ]


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
