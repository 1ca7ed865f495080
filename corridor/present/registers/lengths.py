"""Why kilometres differ from tool to tool, measured here and now on an example and on lines of this map."""

from collections.abc import Mapping

import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from corridor.land.features import Feature, FeatureId, RouteProperties, SegmentLength, properties_of, shape_of
from corridor.land.geodesy import length_km, lengths_by_method_km, simplified
from corridor.present.footnotes import Footnotes
from corridor.present.tables import CellContent, element, html_table
from corridor.quantities import day

#: Half a degree of longitude along the parallel of Meghri, in the middle of the map.
EXAMPLE = shapely.LineString([(46.0, 38.9), (46.5, 38.9)])
#: Lines of the map that are measured beside the example, with what they are called here.
MEASURED = {
    "border/armenia-iran": "Border of Armenia and Iran",
    "route/tripp-rail": "Railway section in Armenia",
}
METHODS = {
    "ellipsoid": ("Over the ground (geodesics on the WGS84 ellipsoid)", "this project; GIS tools set to “ellipsoidal”"),
    "sphere": ("Great circles on a sphere", "Leaflet, most “haversine” code and distance calculators"),
    "utm": ("Plane of UTM zone 38 North", "GIS tools on a projected layer; engineering drawings"),
    "web-mercator": ("Plane of Web Mercator", "GIS tools that measure in the projection web maps are drawn in"),
}
#: The line whose published lengths are set beside the measured one.
RAILWAY = "route/tripp-rail"
#: Metres by which a coarser map may cut corners.
TOLERANCES_M = (100, 400, 1000, 5000)


def how_measured() -> Markup:
    """Return how every length of this application comes about, and why another one may be right as well."""
    return element(
        "section",
        element(
            "p",
            "A length is measured over the ground from point to point of a drawn line (WGS84 geodesics, "
            "Karney 2013, as PROJ computes them). Nothing is projected to be measured, and heights are not added. "
            "Another length for the same thing has one of three reasons. It takes another shape of the Earth, a line "
            "drawn more finely or more coarsely, or another thing. Each is shown below on lines of this map, computed "
            "when this page was opened.",
        ),
        class_="lead",
        aria_label="How lengths are measured",
    )


def methods_table(features: Mapping[FeatureId, Feature]) -> Markup:
    """Return the same lines measured in four ways, in kilometres, with the difference of each from the first."""
    lines = {"Half a degree along 38.9° N": EXAMPLE} | _measured(features)
    lengths = {name: lengths_by_method_km(line) for name, line in lines.items()}
    rows = [
        [
            title,
            used_by,
            *(
                f"{measured[method]:.2f} ({_difference(measured[method], measured['ellipsoid'])})"
                for measured in lengths.values()
            ),
        ]
        for method, (title, used_by) in METHODS.items()
    ]
    columns = ["How it is measured", "Who measures so", *(f"{name} (km)" for name in lines)]
    table = html_table(
        "The same lines measured in four ways", columns, rows, numeric=range(2, len(columns)), look="stack"
    )
    return element("section", table, element("p", _how_exact(features), class_="soft"))


def _how_exact(features: Mapping[FeatureId, Feature]) -> str:
    exact = [
        f"{name[:1].lower()}{name[1:]} to about {features[feature]['properties']['accuracy_m']:,.0f} m"
        for feature, name in MEASURED.items()
        if feature in features and features[feature]["properties"]["accuracy_m"] is not None
    ]
    known = f"; the lines themselves are known less well: {', '.join(exact)}" if exact else ""
    return f"Two decimals are given so that the methods can be compared{known}."


def coarseness_table(features: Mapping[FeatureId, Feature]) -> Markup:
    """Return how the border river shrinks as it is drawn more coarsely, in kilometres, always on the ellipsoid."""
    lines = _measured(features)
    drawings = [
        ("as on this map", 0.0),
        *((f"corners cut by up to {tolerance:,} m", float(tolerance)) for tolerance in TOLERANCES_M),
    ]
    rows = []
    for words, tolerance in drawings:
        drawn = [simplified(line, tolerance) if tolerance else line for line in lines.values()]
        cells = []
        for line in drawn:
            cells += [f"{length_km(line):.1f}", f"{len(shapely.get_coordinates(line)):,}"]
        rows.append([words, *cells])
    columns = ["How it is drawn", *(words for name in lines for words in (f"{name} (km)", "Vertices"))]
    return html_table("The same lines drawn more coarsely", columns, rows, numeric=range(1, len(columns)), look="stack")


def published_table(features: Mapping[FeatureId, Feature], notes: Footnotes) -> Markup:
    """Return the published lengths of the railway section in Armenia beside the measured one; nothing without it."""
    if RAILWAY not in features:
        return Markup()
    properties = properties_of(features[RAILWAY], RouteProperties)
    rows: list[list[CellContent]] = [
        [
            _span(length),
            length["what"],
            length["by"],
            day(length["as_of"] or "undated"),
            notes.cite(length["sources"]),
        ]
        for length in properties["published_lengths"]
    ]
    measured = f"{properties['measured_km']:.1f}"
    rows.append(
        [measured, f"The line of this map. {properties['method']}", "this project", day(properties["as_of"]), None]
    )
    columns = ["Length (km)", "What is measured", "Said by", "As of", "Sources"]
    table = html_table(f"Lengths of one section: {properties['label']}", columns, rows, look="stack")
    remark = properties["measured_note"]
    return element("section", table, element("p", remark, class_="remark") if remark else "")


def _span(length: SegmentLength) -> str:
    high = length["km_high"]
    return f"{length['km']:g}" + (f" to {high:g}" if high else "")


def _measured(features: Mapping[FeatureId, Feature]) -> dict[str, BaseGeometry]:
    return {
        name: shapely.line_merge(shape_of(features[feature]))
        for feature, name in MEASURED.items()
        if feature in features and features[feature]["geometry"] is not None
    }


def _difference(value: float, base: float) -> str:
    percent = (value / base - 1) * 100
    return "reference" if value == base else f"{percent:+.2f} %".replace("-", "−")
