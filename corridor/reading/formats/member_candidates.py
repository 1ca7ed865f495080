"""Which members of a zip archive may hold a line, by their names and first bytes, with what stands beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.formats.archives import Archive, NotUnpackedError, Room, unpack
from corridor.reading.formats.shapefile import SHAPE_PARTS

#: Suffixes of files that are made to hold lines, of archives, and of files that may hold anything.
ROUTES = (
    ".shp", ".gpkg", ".kml", ".gpx", ".geojson", ".geojsonl", ".geojsons", ".geojsonseq", ".ndjson", ".jsonl",
    ".topojson", ".osm", ".umap",
)  # fmt: skip
ARCHIVES = (".kmz", ".zip", ".gz")
#: Archives that are not unpacked, said by name.
OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
#: Files of which nothing is read, though a line may be in them.
UNREAD = (
    ".dxf", ".dwg", ".dgn", ".csv", ".xlsx", ".tcx", ".fit", ".pbf", ".sqlite", ".db", ".gml", ".fgb", ".parquet",
    ".tab", ".mif", ".wkt", ".plt", ".igc", ".nmea", ".gdb", ".sql",
)  # fmt: skip
#: Files of programs of which nothing is read, so that what they are is said where there is nothing else.
NAMABLE = (*UNREAD, ".mbtiles", ".pmtiles", ".html", ".htm", ".mhtml", ".qgs", ".tif", ".pdf", ".url", ".eml")
#: A geodatabase of Esri's is a folder of many files.
GEODATABASE = ".gdb/"
ANYTHING = (".json", ".xml", ".txt", "")
#: Of what stands beside a file and says what it is (“route.shp.xml”, “map.png.aux.xml” of ArcGIS) nothing is read.
OF_ANOTHER = (".aux.xml", ".xml")
#: How much of a file of another name is looked at for whether it may hold a line.
HEAD = 400
#: The file of a KMZ that programs show; others beside it are shown only where it links to them.
MAIN_OF_KMZ = "doc.kml"


@dataclass(frozen=True, slots=True)
class Packed:
    """A member that may be a route, by its name, with the members that belong to it by what each is to it.

    `is_route` says that its name is one of a format for routes, or of an archive.
    """

    name: str
    beside: tuple[tuple[str, str], ...] = ()
    is_route: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of what belongs to it, each once."""
        return tuple(dict.fromkeys((self.name, *(name for _, name in self.beside))))


def candidates(archive: Archive, room: Room) -> Iterator[Packed]:
    """Yield the members that may be routes, the likeliest first: doc.kml, then files for routes, archives, others."""
    by_rank: tuple[list[Packed], ...] = ([], [], [], [])
    names = archive.names
    lower = {name.lower(): name for name in names}
    for name in names:
        low = name.lower()
        if GEODATABASE in low or any(low.endswith(end) and low.removesuffix(end) in lower for end in OF_ANOTHER):
            continue
        suffix = low[low.rfind(".") :] if "." in low.rpartition("/")[2] else ""
        if low == MAIN_OF_KMZ:
            by_rank[0].append(Packed(name))
        elif suffix == ".shp":
            parts = ((part, lower[low[:-4] + part]) for part in SHAPE_PARTS if low[:-4] + part in lower)
            by_rank[1].append(Packed(name, tuple(parts)))
        elif suffix == ".gpkg":
            # What a database in use has not taken up yet stands in a log beside it.
            by_rank[1].append(Packed(name, tuple(("log", log) for log in (f"{name}-wal",) if log in names)))
        elif suffix in ROUTES:
            by_rank[1].append(Packed(name))
        elif suffix in ARCHIVES:
            by_rank[2].append(Packed(name))
        elif suffix in ANYTHING and _may_hold_a_line(archive, name, room):
            by_rank[3].append(Packed(name, is_route=False))
    for rank in by_rank:
        yield from rank


def _may_hold_a_line(archive: Archive, name: str, room: Room) -> bool:
    """Whether a file begins like JSON or XML."""
    try:
        head = unpack(archive, name, room, HEAD)
    except NotUnpackedError:
        return False
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x1e")[:1] in (b"{", b"[", b"<")


def unread_members(names: tuple[str, ...]) -> Iterator[str]:
    """Yield the members in which a line may be and of which nothing is read, a geodatabase as the folder it is."""
    folders = {name[: at + len(GEODATABASE) - 1] for name in names if (at := name.lower().find(GEODATABASE)) >= 0}
    yield from sorted(folders)
    for name in names:
        if GEODATABASE not in name.lower() and name.lower().endswith((*UNREAD, *OTHER_ARCHIVES)):
            yield name
