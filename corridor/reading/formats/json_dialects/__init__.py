"""JSON that is not GeoJSON but holds lines, one form a module: parsed values in, features out. No bytes, no checks."""
