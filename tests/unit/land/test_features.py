"""The records of features: they say what geodata/README.md says, and a feature that is none of them is refused."""

import json
from dataclasses import replace
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from typing_extensions import get_type_hints, is_typeddict

from corridor.errors import CatalogueError
from corridor.land.catalogue import Layer, read_catalogue, read_features
from corridor.land.features import (
    RECORDS,
    BorderProperties,
    Properties,
    RouteProperties,
    accuracy_m_of,
    features_of,
    of_layer,
    position_of,
    properties_of,
    shape_of,
)
from corridor.sources import GEODATA
from tests.support.builders import feature, line, segment

README = (GEODATA / "README.md").read_text(encoding="utf-8")
#: Any text to a record; README lists the values that layers have.
OPEN = ("kind", "status", "country")
WORDS = {str: "text", float: "number", int: "whole", bool: "true/false", NoneType: "null"}


def described(heading: str) -> dict[str, tuple[set[str], set[str]]]:
    """The properties of a table of README, each with its types and the values it may have."""
    section = README.split(f"\n## {heading}\n")[1].partition("\n## ")[0]
    rows = [line.strip().strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][2:]
    found = {}
    for name, types, _, *values in rows:
        told = {word.strip() for part in types.split(" or ") for word in part.split(",")}
        found[name.strip()] = told, set("".join(values).replace("`", "").replace(" ", "").split(",")) - {""}
    return found


def stated(annotation: Any) -> tuple[set[str], set[str]]:
    """The same of an annotation."""
    if get_origin(annotation) in (Union, UnionType):
        parts = [stated(part) for part in get_args(annotation)]
        return set.union(*(types for types, _ in parts)), set.union(*(values for _, values in parts))
    if get_origin(annotation) is Literal:
        return {"text"}, set(get_args(annotation))
    if get_origin(annotation) is list:
        return {"list"}, set()
    return {"record" if is_typeddict(annotation) else WORDS[annotation]}, set()


@pytest.mark.parametrize(("layer", "record"), [("Every layer", Properties), *RECORDS.items()])
def test_a_record_says_what_the_readme_says(layer, record):
    hints = get_type_hints(record)
    told = described(layer)
    if layer != "Every layer":
        # What may be absent comes with an office's updates and stands in no shipped layer.
        assert set(hints) - record.__optional_keys__ == set(described("Every layer")) | set(told)
    for name, (types, values) in told.items():
        own_types, own_values = stated(hints[name])
        assert own_types == types or (name == "status" and own_types - types == {"null"}), name
        assert own_values == values or name in OPEN, name


def test_a_record_is_that_of_a_layer_with_properties_of_its_own():
    headings = {part.partition("\n")[0] for part in README.split("\n## ")[1:]} - {"Every layer"}
    own = {heading for heading in headings if set(described(heading)) - set(described("Every layer"))}
    assert set(RECORDS) <= own


def test_a_feature_is_taken_by_the_record_of_its_layer_alone():
    rail, village = segment("rail", []), feature("place/village")
    assert properties_of(rail, RouteProperties)["mode"] == "rail"
    assert features_of([rail, village], RouteProperties) == [rail]
    with pytest.raises(CatalogueError, match="'place/village' has no RouteProperties"):
        of_layer(village, RouteProperties)
    with pytest.raises(CatalogueError, match="'route/rail' has no BorderProperties"):
        properties_of(rail, BorderProperties)


@pytest.mark.parametrize("ask", [shape_of, position_of, accuracy_m_of])
def test_what_is_not_drawn_has_no_shape_and_no_accuracy(ask):
    with pytest.raises(CatalogueError, match="a drawn feature was expected"):
        ask(feature("place/village"))


def test_a_position_is_that_of_a_point():
    assert position_of(feature("place/village", {"type": "Point", "coordinates": [46.25, 38.9]})) == (46.25, 38.9)
    with pytest.raises(CatalogueError, match="drawn as a LineString; a point was expected"):
        position_of(feature("place/village", line((46.0, 39.0), (46.1, 39.0))))


def changed_layer(tmp_path, change) -> Layer:
    """The route layer with one feature changed, in a folder of its own."""
    layer = read_catalogue()["route"]
    collection = json.loads((GEODATA / layer.file).read_bytes())
    change(collection["features"][0]["properties"])
    content = json.dumps(collection).encode()
    (tmp_path / layer.file).parent.mkdir()
    (tmp_path / layer.file).write_bytes(content)
    return replace(layer, sha256=sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda properties: properties.pop("stations"), "lacks the property 'stations'"),
        (lambda properties: properties.pop("note"), "lacks the property 'note'"),
        (lambda properties: properties.update(accuracy_m="500"), r"has a fault at accuracy_m"),
        (lambda properties: properties.update(mode="canal"), r"has a fault at mode"),
        (lambda properties: properties.update(contested=1), r"has a fault at contested"),
        (lambda properties: properties.update(dates=[{"kind": "promised"}]), r"has a fault at dates\.0\.about"),
        (lambda properties: properties.update(sources="ady-btk"), r"has a fault at sources"),
    ],
)
def test_a_layer_with_a_property_of_another_form_is_refused_and_named(tmp_path, change, says):
    layer = changed_layer(tmp_path, change)
    with pytest.raises(CatalogueError, match=rf"^geodata/layers/route\.geojson, feature 'route/[^']+' {says}"):
        read_features(layer, tmp_path)
