"""What of a template goes into a file we write: its look. What leads elsewhere, or runs, stays out and is named."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.package import Part, XmlPart, _Relationship
from pptx.presentation import Presentation as Deck

from corridor.errors import CorridorError
from corridor.quantities import counted, listed
from corridor.reading.faults import shown

#: The last words of the types of relationships that carry a look, or are taken out without a word where they are
#: empty of it (a thumbnail, statistics, the printer's settings); every other type stays out.
KEPT = frozenset((
    "officeDocument", "core-properties", "extended-properties", "thumbnail", "printerSettings", "slideMaster",
    "slideLayout", "notesMaster", "handoutMaster", "theme", "themeOverride", "presProps", "viewProps", "tableStyles",
    "image", "hdphoto", "font",
))  # fmt: skip
PICTURE = frozenset(("image", "hdphoto"))
#: Who gives types to relationships, and how the types of parts begin and end that carry a look: with the word of the
#: relationship that leads to them, but for these. What is taken out without a word may be of any type.
FAMILIES = (
    "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://schemas.microsoft.com/office/",
)  # fmt: skip
TYPES = ("application/vnd.openxmlformats-", "application/vnd.ms-powerpoint.", "application/x-font", "image/")
TYPE_ENDS = {
    "officeDocument": (".main+xml",),
    "font": ("fontdata", "font-ttf", ".obfuscatedFont"),
    "image": ("",),
    "hdphoto": ("",),
}
ANY_TYPE = frozenset(("thumbnail", "printerSettings"))
#: How pictures begin that hold nothing but themselves: PNG, JPEG, GIF, BMP, TIFF (JPEG XR too), EMF, WMF. A drawing in
#: XML (SVG) can name addresses and files, which whoever opens the presentation would ask.
PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"II\xbc", b"MM\0*", b"\x01\0\0\0",
    b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0",
)  # fmt: skip
#: What the others are, as a reader knows them, by the last word of their type.
NAMED = {
    "vbaProject": "macro",
    "wordVbaData": "macro",
    "oleObject": "embedded object",
    "package": "embedded object",
    "control": "control",
    "activeXControlBinary": "control",
    "customXml": "data part",
    "customXmlProps": "data part",
    "audio": "sound",
    "video": "film",
    "media": "film",
    "slide": "slide",
}
#: How a relationship says that it leads out of the file, and targets that do whatever it says: a scheme, a drive of
#: Windows or a machine stands before them.
OUTSIDE = "External"
ELSEWHERE = re.compile(r"\s*+(?:[a-z][a-z0-9+.\-]*+:|[/\\]{2})", re.IGNORECASE)
OTHER = "other part"
DRAWING = "SVG or other drawing"
LINK = "outside link"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECLARATIONS = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
#: Elements that are a reference and nothing else: clicks, and what is heard, played or looked up.
CLICKS = ("hlinkClick", "hlinkHover", "hlinkMouseOver")
#: The one action that needs no relationship and leads nowhere else: to another slide of the show, or to its end.
HARMLESS_ACTION = re.compile(r"ppaction://hlinkshowjump\?jump=[a-z]+")
PLAYED = (
    "audioFile", "videoFile", "quickTimeFile", "wavAudioFile", "audioCd", "snd", "externalData", "media", "tags",
    "relIds", "svgBlip",
)  # fmt: skip
#: Elements that are nothing without what stands in them; anything else loses the reference alone.
HOLDERS = ("graphicFrame", "control", "contentPart", "oleObj", "custData", "AlternateContent")
#: Elements that may not be left empty.
NEVER_EMPTY = ("ext", "stSnd", "sndAc", "custDataLst", "controls")
#: Bytes that the XML of a template may have unpacked, and the parts it may have; real ones have 2 MB and 200.
LARGEST_XML, MOST_PARTS = 40_000_000, 5_000
#: How many parts may lead from one to the next; from a presentation to a picture of a layout it is three.
DEEPEST = 50
XML = (".xml", ".rels", ".vml")
#: What may stand before the first sign of XML: marks and zeros of wide encodings, blanks.
BEFORE_XML, HEAD = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n", 256
#: “<?xml” in EBCDIC; and the encoding that XML says it has. The format knows UTF-8 and UTF-16 alone (ECMA-376, part 2),
#: of which the others here are parts, or show a declaration as it is.
EBCDIC = b"\x4c\x6f\xa7\x94\x93"
ENCODING = re.compile(rb"<\?xml\b[^>]*?\bencoding\s*=\s*[\"']\s*([^\"'>]*)", re.IGNORECASE)
ENCODINGS = frozenset((b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"iso-8859-1"))
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
MOST_NAMED, LONGEST_NAME = 5, 60


class TemplateError(CorridorError):
    """A template cannot be used, in one sentence that says why and what to do."""


def look_into(archive: zipfile.ZipFile) -> None:
    """Raise TemplateError for a template that would fill the memory as it is read, or that declares entities."""
    entries = archive.infolist()
    crowded = len(entries) > MOST_PARTS
    text = [] if crowded else [entry for entry in entries if _is_text(archive, entry)]
    if crowded or sum(entry.file_size for entry in text) > LARGEST_XML:
        raise TemplateError(
            f"The template has more than {MOST_PARTS:,} parts, or unpacks to more than {LARGEST_XML // 1_000_000} MB "
            "of text; it is not read. Send one with fewer layouts and no slides."
        )
    for entry in text:
        # No member gives more bytes than its entry says: zipfile stops there.
        _refuse_odd_xml(entry.filename, archive.read(entry).replace(b"\0", b""))


def _refuse_odd_xml(name: str, data: bytes) -> None:
    """Raise TemplateError for XML that declares entities, or could hide it by its encoding; `data` is without zeros."""
    start = data.lstrip(BEFORE_XML)
    encoding = ENCODING.match(start)
    if start.startswith(EBCDIC) or (encoding and encoding[1].strip().lower() not in ENCODINGS):
        raise TemplateError(
            f"The template has “{shown(name, LONGEST_NAME)}” in an encoding that presentations never have; it is not "
            "read. Save it again in PowerPoint."
        )
    if DECLARATIONS.search(data):
        raise TemplateError(
            f"The template declares entities in “{shown(name, LONGEST_NAME)}”, which could name other files or grow "
            "without end; it is not read. Save it again in PowerPoint."
        )


def told_apart(archive: zipfile.ZipFile) -> bytes | None:
    """Return a template whose relationships that lead elsewhere all say so, None for one that is as it should be.

    Programs differ in what they make of “external”, of a mode nobody knows and of an address that is said to be a part
    of the file; each of them is to be left out by name, not passed over.
    """
    changed: dict[str, bytes] = {}
    for entry in archive.infolist():
        if entry.filename.lower().endswith(".rels"):
            try:
                root = etree.fromstring(archive.read(entry), PARSER)
            except etree.XMLSyntaxError:
                continue
            if [relation for relation in root.iter("{*}Relationship") if _says_how(relation)]:
                changed[entry.filename] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    if not changed:
        return None
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            copy.writestr(entry.filename, changed.get(entry.filename) or archive.read(entry))
    return out.getvalue()


def _says_how(relation: etree._Element) -> bool:
    """Let a relationship say as the format has it whether it leads out of the file; return whether it did not."""
    mode, target = relation.get("TargetMode"), relation.get("Target", "")
    if mode == OUTSIDE:
        return False
    plain = (mode or "").strip().lower()
    if plain == OUTSIDE.lower() or ELSEWHERE.match(target):
        relation.set("TargetMode", OUTSIDE)
    elif mode in (None, "Internal"):
        return False
    else:
        relation.set("TargetMode", "Internal")
    return True


def _is_text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part is XML, by its name or by how it begins: its type is told elsewhere, under any name."""
    if entry.filename.lower().endswith(XML):
        return True
    with archive.open(entry) as part:
        start = part.read(HEAD).lstrip(BEFORE_XML)
        return start.startswith((b"<", EBCDIC))


def without_outside(deck: Deck) -> tuple[str, ...]:
    """Take out of a presentation what leads elsewhere or runs; return what it was in words, each kind once.

    What only those parts lead to goes with them, unnamed. Raises TemplateError for parts that lead on and on.
    """
    outside: dict[str, list[str]] = {}
    package = deck.part.package
    for relation in list(package._rels.values()):
        if (kind := _kind(relation)) is not None:
            outside.setdefault(kind, []).append(_name(relation))
            package._rels.pop(relation.rId)
    seen: set[Part] = set()
    level = [relation.target_part for relation in package._rels.values()]
    for _ in range(DEEPEST):
        parts = [part for part in dict.fromkeys(level) if part not in seen]
        seen.update(parts)
        for part in parts:
            _without_outside(part, outside)
        level = [relation.target_part for part in parts for relation in part.rels.values()]
    if not seen.issuperset(level):
        raise TemplateError(f"In the template more than {DEEPEST} parts lead from one to the next; it is not read.")
    # A presentation that may hold macros says so in its type, which python-pptx remembers once it was asked for.
    deck.part._content_type = CONTENT_TYPE.PML_PRESENTATION_MAIN
    deck.part.__dict__.pop("content_type", None)
    return tuple(_sentence(kind, names) for kind, names in outside.items())


def _sentence(kind: str, names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    more = [f"{len(shown) - MOST_NAMED} more"] if len(shown) > MOST_NAMED else []
    return f"{counted(len(names), kind)} ({listed([*shown[:MOST_NAMED], *more])})"


def _kind(relation: _Relationship) -> str | None:
    """Return what a relationship that stays out is; None for one that carries the look."""
    word = relation.reltype.rpartition("/")[2]
    if relation.is_external:
        return LINK
    if word not in KEPT or not relation.reltype.startswith(FAMILIES):
        return NAMED.get(word, OTHER)
    kind = relation.target_part.content_type
    if word not in ANY_TYPE and not (kind.startswith(TYPES) and kind.endswith(TYPE_ENDS.get(word, (f".{word}+xml",)))):
        unnamed = DRAWING if word in PICTURE else OTHER
        return next((name for part, name in NAMED.items() if kind.endswith(f".{part}")), unnamed)
    if word in PICTURE and not (kind.startswith("image/") and relation.target_part.blob.startswith(PICTURES)):
        return DRAWING
    return None


def _name(relation: _Relationship) -> str:
    name = relation.target_ref if relation.is_external else str(relation.target_part.partname).rpartition("/")[2]
    return shown(name, LONGEST_NAME)


def _without_outside(part: Part, outside: dict[str, list[str]]) -> None:
    gone = {}
    for identity, relation in list(part.rels.items()):
        if (kind := _kind(relation)) is not None:
            gone[identity] = relation
            outside.setdefault(kind, []).append(_name(relation))
    root = _root(part)
    if root is None:
        for identity in gone:
            part.rels.pop(identity)
        return
    touched = bool(gone)
    for element, name in list(_references(root)):
        if element.get(name) in gone:
            _drop(element, name)
    for element in list(root.iter()):
        # A click that starts a program or a macro needs no relationship.
        action = element.get("action") if isinstance(element.tag, str) else None
        if action and not HARMLESS_ACTION.fullmatch(action) and element.getparent() is not None:
            outside.setdefault("action", []).append(action[:60])
            element.getparent().remove(element)
            touched = True
    for identity in gone:
        part.rels.pop(identity)
    if touched and not isinstance(part, XmlPart):
        part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _root(part: Part) -> etree._Element | None:
    """Return the XML of a part, None for one that is not XML."""
    if isinstance(part, XmlPart):
        return part._element
    if not part.content_type.endswith(("xml", "vmlDrawing")):
        return None
    try:
        return etree.fromstring(part.blob, PARSER)
    except etree.XMLSyntaxError:
        return None


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter():
        for name in element.keys() if isinstance(element.tag, str) else ():
            if name.startswith(RELATIONSHIPS):
                yield element, name


def _drop(element: etree._Element, name: str) -> None:
    """Take out a reference, with what is nothing without it."""
    word = _word(element)
    around = [holder for holder in (element, *element.iterancestors()) if _word(holder) in HOLDERS]
    if word in (*CLICKS, *PLAYED):
        whole = element
        while (holder := whole.getparent()) is not None and len(holder) == 1 and _word(holder) in NEVER_EMPTY:
            whole = holder
    elif around and word != "blip":
        whole = around[-1]
    else:
        del element.attrib[name]
        return
    if whole.getparent() is not None:
        whole.getparent().remove(whole)


def _word(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
