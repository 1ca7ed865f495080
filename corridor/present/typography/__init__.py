"""Typefaces, and how wide letters and columns are; where a text stands on a map, page or slide is decided there."""
