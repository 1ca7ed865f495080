"""Forms of JSON other than GeoJSON that hold lines, one a module: parsed values in, features out."""
