"""Documents of JSON, of GeoJSON's words or nearly so, sound or not."""

from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=4)
    | st.sampled_from(["Feature", "FeatureCollection", "LineString", "Polygon", "GeometryCollection", "Point"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["type", "coordinates", "geometry", "features", "properties", "geometries", "bbox", "crs", "id", "a"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip
COORDINATES = st.recursive(
    st.integers(-200, 200) | st.floats() | st.none() | st.just("46.2"), lambda inner: st.lists(inner, max_size=4)
)
GEOMETRY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "linestring"]),
        "coordinates": COORDINATES,
    }
)
FEATURES = st.fixed_dictionaries(
    {
        "type": st.just("FeatureCollection"),
        "features": st.lists(
            st.fixed_dictionaries({"type": st.just("Feature"), "properties": JSON, "geometry": GEOMETRY | st.none()}),
            max_size=3,
        ),
    }
)
