"""The files that a KML file names by NetworkLink: read where they came along in the same archive, else told by name."""

import posixpath
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from corridor.reading.formats.beside import Beside
from corridor.reading.formats.feature_texts import FeatureTexts
from corridor.reading.formats.kml import read_kml
from corridor.reading.formats.xml_mending import readable
from corridor.reading.formats.xml_text import XML_CHECKS, XmlFile, look_at
from corridor.reading.limits import ENTRIES, POSITIONS, Excess, Limits, TooMuchError

#: “https://…”, “//host/…”, “file:///…”; a letter before a colon is a drive of Windows, which leads elsewhere too.
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)
SUFFIXES = (".kml", ".kmz")


@dataclass(frozen=True, slots=True)
class Archived:
    """Where a KML file stood in an archive: its own name, those of all members, and what unpacks one of them.

    `unpack` returns None for a member that does not unpack within the caps of all that is unpacked, and of a KMZ the
    KML inside.
    """

    name: str
    names: tuple[str, ...]
    unpack: Callable[[str], bytes | None]


def linked_features(
    beside: Beside, archived: Archived | None, limits: Limits, positions: int, before: int
) -> FeatureTexts:
    """Return the features of all files that links of `beside` lead to, each file once, in the order of the links.

    Links of those files are followed too. `archived` is None for a file that came alone; `positions` and `before` are
    how many positions and features were read from the file itself. What leads out of the archive, or cannot be read, is
    put into `beside` by name. Raises TooMuchError beyond the caps.
    """
    features = FeatureTexts()
    name = "" if archived is None else archived.name
    members = {} if archived is None else _by_path(archived.names)
    seen = {name}
    waiting = deque((name, link) for link in beside.links)
    while waiting:
        base, link = waiting.popleft()
        if ELSEWHERE.match(link):
            beside.links_elsewhere.append(link)
            continue
        member = members.get(_path(base, link))
        if member in seen:
            continue
        seen.add(member or "")
        data = None if archived is None or member is None else archived.unpack(member)
        file = None if data is None else _sound(data, limits)
        if member is None or data is None or file is None:
            beside.links_missing.append(link)
            continue
        positions += file.positions
        if positions > limits.vertices:
            raise TooMuchError(Excess(f"{POSITIONS} with its linked files", limits.vertices))
        followed = len(beside.links)
        features.extend(read_kml(file.data, beside))
        if before + len(features) > limits.features:
            raise TooMuchError(Excess(f"{ENTRIES} with its linked files", limits.features))
        beside.linked.append(member)
        waiting.extend((member, further) for further in beside.links[followed:])
    return features


def _sound(data: bytes, limits: Limits) -> XmlFile | None:
    """Return what a look at a linked file finds, None for one that is no sound KML."""
    file = look_at(readable(data).data, limits)
    return file if file.root == "kml" and not any([*check.find(file)] for check in XML_CHECKS) else None


def _by_path(names: tuple[str, ...]) -> dict[str, str]:
    """Return the KML members of an archive by their paths in small letters; of two alike the first."""
    return {posixpath.normpath(name).lower(): name for name in reversed(names) if name.lower().endswith(SUFFIXES)}


def _path(base: str, link: str) -> str:
    """Return the path, in small letters, to which a link of the member `base` leads; capitals differ by system."""
    path = unquote(link.partition("#")[0].partition("?")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)).lstrip("/").lower()
