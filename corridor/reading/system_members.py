"""What the members of a document are called that name a reference system."""

#: The member of GeoJSON 2008, and Esri's, which its tools leave in GeoJSON too.
SYSTEM_MEMBERS = ("crs", "spatialReference")
#: What programs and people call it else, from PostGIS' SRID and the names of WFS to JSON-FG.
OTHER_SYSTEM_MEMBERS = (
    "coordRefSys", "CRS", "Crs", "srs", "SRS", "srid", "SRID", "Srid", "epsg", "EPSG", "Epsg", "epsgCode", "epsg_code",
    "EPSG_CODE", "epsgcode", "srsName", "srs_name", "srsname", "crsName", "crs_name", "crsId", "crs_id", "wkid",
    "spatial_reference", "spatialReferenceSystem", "coordinateSystem", "coordinate_system", "coordinateReferenceSystem",
    "coordinate_reference_system", "referenceSystem", "reference_system", "projection", "Projection", "proj4",
)  # fmt: skip
#: Objects at the beginning of a document in which a system may stand for all of it.
HEADS = ("properties", "metadata", "meta")
