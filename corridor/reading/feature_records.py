"""The features of a collection of thousands, most of them kept as records: a quarter of what parsed objects take."""

from collections.abc import Iterator, Mapping
from typing import Any, SupportsIndex

from corridor.reading.faults import Json, JsonMembers

#: Members a feature may have that is kept as a record.
MEMBERS = frozenset(("type", "properties", "geometry", "id"))
#: Kinds of records: features of a file have the same few properties; what has ever others is kept as it is.
MOST_LAYOUTS = 1_000

#: What a feature has beside its values: the names of its members and of its properties (None for no properties, or
#: null) in their order, and its geometry.
Layout = tuple[tuple[str, ...], tuple[str, ...] | None, JsonMembers]


class FeatureRecord(tuple[Any, ...]):
    """The layout of a feature, then the values of its properties, then its `id` where it has one."""

    __slots__ = ()

    @property
    def properties(self) -> "RecordProperties":
        """The properties, made whenever they are asked for."""
        return RecordProperties(self)


class RecordProperties(Mapping[str, Json]):
    """The properties of a feature that is kept as a record, read from it: a dictionary of them takes four times it."""

    __slots__ = ("_record",)

    def __init__(self, record: FeatureRecord) -> None:
        """Take the record."""
        self._record = record

    @property
    def _names(self) -> tuple[str, ...]:
        layout: Layout = self._record[0]
        return layout[1] or ()

    def __getitem__(self, name: str) -> Json:
        """Return the value of a property."""
        names = self._names
        if name not in names:
            raise KeyError(name)
        return self._record[1 + names.index(name)]

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any value of JSON, as Mapping has it
        """Return the value of a property, `default` where there is none."""
        names = self._names
        return self._record[1 + names.index(name)] if name in names else default

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the file."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)


class FeatureRecords(list[Any]):
    """A list of features, each of which is made anew from its record whenever it is asked for."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._layouts: dict[tuple[tuple[str, ...], tuple[str, ...] | None, int], Layout] = {}

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - whatever a list takes, and holds
        """Return the feature of a number."""
        kept = super().__getitem__(index)
        return _feature(kept) if type(kept) is FeatureRecord else kept

    def __iter__(self) -> Iterator[Any]:
        """Yield the features, each made as it is come to."""
        for kept in super().__iter__():
            yield _feature(kept) if type(kept) is FeatureRecord else kept

    def __eq__(self, other: object) -> bool:
        """Whether the features are the same as those of another list."""
        return (
            isinstance(other, list)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None

    def record(self, index: int) -> FeatureRecord | None:
        """Return the record of a feature; None for one that is not kept as a record."""
        kept = super().__getitem__(index)
        return kept if isinstance(kept, FeatureRecord) else None

    def settle(self, index: SupportsIndex) -> None:
        """Keep a feature, whose geometry is one that stands for many, as a record where it has nothing unusual."""
        feature = super().__getitem__(index)
        properties = feature.get("properties")
        if not MEMBERS.issuperset(feature) or not isinstance(properties, dict | None):
            return
        members, names = tuple(feature), None if properties is None else tuple(properties)
        geometry = feature["geometry"]
        key = members, names, id(geometry)
        layout = self._layouts.get(key)
        if layout is None:
            if len(self._layouts) >= MOST_LAYOUTS:
                return
            layout = self._layouts[key] = members, names, geometry
        self[index] = FeatureRecord(
            (layout, *(properties or {}).values(), *([feature["id"]] if "id" in feature else []))
        )


def _feature(record: FeatureRecord) -> JsonMembers:
    (members, names, geometry), *values = record
    held: dict[str, Json] = {
        "type": "Feature",
        "properties": None if names is None else dict(zip(names, values, strict=False)),
        "geometry": geometry,
        "id": values[-1] if values else None,
    }
    return {name: held[name] for name in members}
