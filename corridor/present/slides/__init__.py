"""Slides whose titles, texts, tables, charts and maps can all be edited, as PPTX; the words come from story."""
