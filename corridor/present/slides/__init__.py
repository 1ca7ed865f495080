"""Slides of a story: a PPTX file whose titles, texts, tables, charts and maps can all be edited."""
