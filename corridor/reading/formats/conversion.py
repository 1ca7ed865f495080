"""What a file of a reader is, by its bytes, and what it becomes: KML, GPX, OSM, archives, databases, other JSON."""

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from xml.parsers import expat

import orjson

from corridor.quantities import counted
from corridor.reading.formats.archives import GZIP, ZIP, NotUnpackedError, Room, gunzip
from corridor.reading.formats.beside import Beside, Log
from corridor.reading.formats.converted import Converted, collected, noticed, run, stops
from corridor.reading.formats.database_checks import DATABASE_CHECKS, Held
from corridor.reading.formats.databases import DATABASE_ERRORS, SQLITE, Database, is_logged, why
from corridor.reading.formats.empty_files import EMPTY_CHECKS, NamedFile, format_by_name, is_empty
from corridor.reading.formats.encoding_checks import ENCODING_CHECKS, EncodingRead
from corridor.reading.formats.geopackage import CONTENTS, GEOMETRIES, read_layers
from corridor.reading.formats.gpx import read_gpx
from corridor.reading.formats.json_dialects.collected import Collected, Incomplete
from corridor.reading.formats.json_text import BOM, TEXT_CHECKS, parse, utf8_text
from corridor.reading.formats.kml import read_kml
from corridor.reading.formats.kml_links import Archived, linked_features
from corridor.reading.formats.layers import of_layers
from corridor.reading.formats.member_choice import DEEPEST, Openers, read_archive
from corridor.reading.formats.named_formats import (
    ROOTS,
    SBN_BEGINS,
    SHX,
    NamedFormat,
    named_bytes,
    named_database,
    named_root,
)
from corridor.reading.formats.named_texts import LONE_POLYLINE, begins_as, is_lone_polyline, named_text
from corridor.reading.formats.osm_xml import read_osm
from corridor.reading.formats.other_json import other_json, taken_as
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS, Recognised
from corridor.reading.formats.sequences import read_sequence
from corridor.reading.formats.shapefile import (
    SHAPEFILE,
    ShapefileError,
    dbf_cut_at,
    is_index,
    read_shapefile,
    rows_short,
    with_deleted_rows,
    with_rows_that_came,
)
from corridor.reading.formats.write_ahead import with_log
from corridor.reading.formats.xml_mending import XML_MENDING_CHECKS, readable, with_known_signs
from corridor.reading.formats.xml_prolog import is_web_page, prolog_of, title_of
from corridor.reading.formats.xml_text import XML_CHECKS, look_at, missing_root, rooted, wrong
from corridor.reading.limits import JSON_SIZE_CHECKS, Limits, Sized, TooMuchError
from corridor.reading.text_encodings import wide_encoding

#: What may stand before a text: a mark of its encoding, blanks, the sign before each text of a sequence.
BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x1e]*+")
#: How much of a file tells whether it is a text, and how long a text that is one value of JSON can be.
START, ONE_VALUE = 400, 1_000
#: What a geometry of GML names, which has the names of KML's.
GML_NAMESPACE = b"opengis.net/gml"
#: How an INI file begins, and a text document of Word's older kind: both with a bracket of JSON.
NO_JSON = re.compile(rb"\{\\rtf|\[{1,2}(?!(?:true|false|null)\])[A-Za-z][\w .:-]{0,60}\]")

#: A document of JSON that is itself written as a text of JSON.
JSON_AS_TEXT = re.compile(rb'"\s*[{\[](?:\s|\\[nrt]){0,20}(?:\\"|[{\[\d-])')


def is_json_like(data: bytes) -> bool:
    """Whether bytes are to be read as JSON: a text that begins with a bracket, is one other value, or is empty."""
    if data[:2].count(0) == 1 or wide_encoding(data) is not None:
        return data[:START].replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")[:1] in (b"{", b"[")
    before = BEFORE.match(data)
    at = before.end() if before else 0
    if data[at : at + 1] in (b"{", b"[", b""):
        return NO_JSON.match(data, at) is None
    if JSON_AS_TEXT.match(data, at):
        return True
    return len(data) < ONE_VALUE and _is_value(data.removeprefix(BOM))


def _is_value(data: bytes) -> bool:
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


def convert(data: bytes, limits: Limits) -> Converted:
    """Return what a file becomes that is not JSON."""
    return _opened(data, None, Room.of(limits), 0)


def several_texts(data: bytes, limits: Limits) -> Converted | None:
    """Return what a text becomes that looks like JSON and is not one: a sequence, a polyline; None for broken JSON."""
    return read_sequence(data, limits) or (_named(LONE_POLYLINE) if is_lone_polyline(data) else None)


def _opened(data: bytes, log: bytes | None, room: Room, level: int, archived: Archived | None = None) -> Converted:
    """Return what bytes become, those of a file or of something packed in it `level` archives deep."""
    if is_empty(data):
        file = NamedFile("" if archived is None else archived.name, data, inside=archived is not None)
        return Converted(format_by_name(file.name), run(EMPTY_CHECKS, file))
    if is_json_like(data):
        return Converted("GeoJSON", [], geojson=data)
    if data.startswith(ZIP):
        shapefile = partial(_shapefile, limits=room.limits)
        return read_archive(data, room, level, Openers(_opened, shapefile, partial(_whole, room)))
    if data.startswith(GZIP):
        return _gzip(data, room, level, archived)
    if data.startswith(SQLITE):
        return _geopackage(data, room.limits, log)
    if data.startswith(SHAPEFILE) and not data.startswith(SBN_BEGINS):
        return _named(SHX) if is_index(data) else _shapefile({".shp": data}, "", room.limits)
    named = named_bytes(data)
    if named is not None:
        return _named(named)
    start = data[:START]
    if wide_encoding(data) in ("utf-32-le", "utf-32-be") and b"<" in start[:8]:
        return _xml(data, room.limits, archived)
    if b"<" in start.removeprefix(BOM).lstrip()[:4] and not start.removeprefix(BOM).lstrip().startswith(b"<<"):
        return _xml(data, room.limits, archived)
    if b"\0" in start.removesuffix(b"\0") or _binary(start):
        return Converted("unknown", noticed(Attempt("unknown", unknown=True)))
    return read_sequence(data, room.limits) or _named(named_text(data))


def is_named_by_head(head: bytes) -> bool:
    """Whether the first bytes of a file alone say that its format is one that is recognised and not read.

    False leaves it open: a text cut off may go on in a form that is read.
    """
    if is_json_like(head) or any(head.startswith(begins) for begins in (ZIP, GZIP, SQLITE, SHAPEFILE)):
        return False
    start = head[:START].removeprefix(BOM).lstrip()
    if start.startswith(b"<"):
        return is_web_page(prolog_of(head))
    return (named_bytes(head) or begins_as(head)) is not None


def _binary(start: bytes) -> bool:
    """Whether more than one byte in ten is a control character no text has."""
    return sum(byte < 32 and byte not in b"\t\n\r\f\b\x1e" for byte in start) * 10 > len(start)


def _whole(room: Room, converted: Converted) -> Converted:
    """Return a member with its document parsed, where it is a text of JSON too; without one where it is broken."""
    if converted.geojson is None:
        return converted
    text = utf8_text(converted.geojson)
    findings = run(TEXT_CHECKS, converted.geojson)
    if not stops(findings):
        findings += run(JSON_SIZE_CHECKS, Sized(text, room.limits))
    findings = [(replace(finding, mendable=False), spot) for finding, spot in converted.findings + findings]
    try:
        document = parse(text)
    except orjson.JSONDecodeError:
        other = several_texts(converted.geojson, room.limits)
        return converted if other is None else replace(other, findings=findings + other.findings)
    other = other_json(document, room.limits)
    if other is None:
        return Converted("GeoJSON", findings, document=document)
    return replace(other, findings=findings + other.findings)


def _named(named: NamedFormat) -> Converted:
    return Converted(named.name, run(RECOGNITION_CHECKS, Recognised(named=named.what, advice=named.advice)))


def _gzip(data: bytes, room: Room, level: int, archived: Archived | None) -> Converted:
    if level >= DEEPEST:
        return Converted("gzip", noticed(Attempt("gzip", nested=DEEPEST)))
    try:
        inner = _opened(gunzip(data, room), None, room, level + 1, archived)
    except NotUnpackedError as reason:
        return Converted("gzip", run(RECOGNITION_CHECKS, Recognised(not_unpacked=str(reason))))
    if stops(inner.findings):
        return inner
    packed = run(RECOGNITION_CHECKS, Recognised(packed=True))
    # Packed more than once is still packed.
    return replace(inner, findings=packed + [pair for pair in inner.findings if pair[0].code != packed[0][0].code])


def _xml(data: bytes, limits: Limits, archived: Archived | None) -> Converted:
    prolog = prolog_of(data)
    if is_web_page(prolog):
        return Converted("HTML", run(RECOGNITION_CHECKS, Recognised(web_page=title_of(data))))
    named = named_root(prolog.element or prolog.doctype or "")
    if named is not None:
        return _named(named)
    text = readable(data)
    root = missing_root(text.data, prolog)
    if root and GML_NAMESPACE in data[:START]:
        return _named(ROOTS["featurecollection"])
    file = look_at(rooted(text.data, root), limits)
    if file.error and not file.declares and (mended := with_known_signs(text)) is not text:
        text, file = mended, look_at(rooted(mended.data, root), limits)
    text_findings = run(XML_MENDING_CHECKS, text)
    if text.read is not None:
        text_findings += run(ENCODING_CHECKS, EncodingRead(text.declared, text.read))
    text_findings += run(
        RECOGNITION_CHECKS, Recognised(root=root, loose_points=file.loose_points if file.root == "gpx" else 0)
    )
    findings = run(XML_CHECKS, file)
    name = {"kml": "KML" if archived is None else "KMZ", "gpx": "GPX", "osm": "OSM XML"}.get(file.root, "XML")
    if stops(findings):
        return Converted(name, text_findings + findings, text=file.data)
    try:
        if name == "OSM XML":
            taken = Collected(name, "OpenStreetMap data (.osm)", limits)
            made = taken_as(taken, partial(read_osm, file.data, taken))
        else:
            beside = Beside()
            features = read_gpx(file.data, limits, beside) if name == "GPX" else read_kml(file.data, beside)
            features.extend(linked_features(beside, archived, limits, file.positions, len(features)))
            made = collected(name, features, [], beside)
    except TooMuchError as error:
        too_many = noticed(Attempt(name, too_many=error.excess))
        return Converted(name, text_findings + findings + too_many, text=file.data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return Converted(name, text_findings + findings + noticed(Attempt(name, error=wrong(error))), text=file.data)
    return replace(made, findings=text_findings + findings + made.findings, text=file.data)


def _shapefile(parts: dict[str, bytes], name: str, limits: Limits) -> Converted:
    """Read a Shapefile given as the bytes of its parts by suffix; `name` is that of its first part in an archive."""
    if not parts[".shp"].startswith(SHAPEFILE):
        return Converted("Shapefile", noticed(Attempt("Shapefile", not_unpacked=NO_SHAPEFILE, read=name)))
    missing = tuple(suffix for suffix in (".dbf", ".shx") if suffix not in parts)
    cut = dbf_cut_at(parts.get(".dbf", b""))
    missing += (f".dbf from byte {cut:,} on",) if cut is not None else ()
    findings = noticed(Attempt("Shapefile", missing=missing))
    parts, deleted = with_deleted_rows(with_rows_that_came(parts))
    try:
        layer = read_shapefile(parts, limits.features + 1)
    except ShapefileError as error:
        return Converted("Shapefile", noticed(Attempt("Shapefile", error=str(error))))
    if deleted:
        shapes = "its shape was" if deleted == 1 else "their shapes were"
        what = f"marks {counted(deleted, 'row')} of its table (.dbf) as deleted; {shapes} read all the same"
        advice = "Take out what was deleted on purpose; most programs show none of it."
        findings += run(RECOGNITION_CHECKS, Recognised(incomplete=(Incomplete(what, advice),)))
    # Of a table that was cut it is said where.
    table = rows_short(parts) if cut is None else None
    if table is not None:
        what = f"has {table.shapes:,} shapes and {counted(table.rows, 'row')} of names and values (.dbf) for them"
        advice = "Send the .shp and .dbf of one export; the shapes were all read."
        findings += run(RECOGNITION_CHECKS, Recognised(incomplete=(Incomplete(what, advice),)))
    if layer.encoding is not None:
        findings += run(ENCODING_CHECKS, layer.encoding)
    layer.title = PurePosixPath(name).stem
    return of_layers("Shapefile", [layer], limits, findings, Beside())


NO_SHAPEFILE = "it is no Shapefile, whatever its name says"


def _geopackage(data: bytes, limits: Limits, log: bytes | None = None) -> Converted:
    """Read a GeoPackage, with what its write-ahead log holds, once its schema was judged."""
    name, beside = "GeoPackage", Beside()
    logged = is_logged(data)
    try:
        whole = data if log is None else with_log(data, log, limits.expanded_bytes)
        if log:
            beside.log = Log.UNUSABLE if whole is data else Log.READ
        database = Database(whole)
    except DATABASE_ERRORS as error:
        return Converted(name, noticed(Attempt(name, error=why(error))))
    try:
        schema = database.schema
        if CONTENTS not in schema.tables or GEOMETRIES not in schema.tables:
            return _named(named_database({*schema.tables, *schema.views}))
        held = Held(schema.virtual, schema.triggers, log_missing=logged and log is None)
        findings = run(DATABASE_CHECKS, held)
        if stops(findings):
            return Converted(name, findings)
        package = read_layers(database, limits)
        encoding = next((layer.encoding for layer in package.layers if layer.encoding is not None), None)
        if encoding is not None:
            findings += run(ENCODING_CHECKS, encoding)
        findings += run(DATABASE_CHECKS, Held(unread=tuple(package.unread), layers=package.count, limits=limits))
    except DATABASE_ERRORS as error:
        return Converted(name, findings + noticed(Attempt(name, error=database.why(error))))
    finally:
        database.close()
    if package.too_many is not None:
        return Converted(name, findings + noticed(Attempt(name, too_many=package.too_many)))
    return Converted(name, findings) if stops(findings) else of_layers(name, package.layers, limits, findings, beside)
