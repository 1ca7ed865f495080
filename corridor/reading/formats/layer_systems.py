"""The reference systems of layers, written into the document that is made of them as GeoJSON 2008 had it."""

from collections import Counter
from collections.abc import Sequence

from corridor.land.geodesy import CRS84
from corridor.reading.faults import JsonMembers
from corridor.reading.reference_systems import is_plain

#: The system a layer names, None where it names none, and how many features of the document are the layer's.
LayerSystem = tuple[str | None, int]


def declare_systems(document: JsonMembers, layers: Sequence[LayerSystem], most_bytes: int) -> bool:
    """Give a collection, whose features come layer by layer, a `crs` member for each system but lon/lat on WGS84.

    The system of most features stands at the collection, others at their features; `null` says that a layer names none.
    Returns False, with nothing written, where the members would take more than so many bytes.
    """
    counts: Counter[str | None] = Counter()
    for name, count in layers:
        counts[_plainly(name)] += count
    counts += Counter()
    if not set(counts) - {CRS84}:
        return True
    common = max(counts, key=lambda name: counts[name])
    if sum(count * len(name or "") for name, count in counts.items() if name != common) > most_bytes:
        return False
    document["crs"] = system_member(common)
    start = 0
    for name, count in layers:
        member = system_member(_plainly(name))
        for number in range(start, start + count) if _plainly(name) != common else ():
            document["features"][number] = {**document["features"][number], "crs": member}
        start += count
    return True


def _plainly(name: str | None) -> str | None:
    return CRS84 if is_plain(name) else name


def system_member(name: str | None) -> JsonMembers | None:
    """Return the `crs` member that names a system, null for none."""
    return None if name is None else {"type": "name", "properties": {"name": name}}
