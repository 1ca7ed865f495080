"""Tables and drawings of documents, events, sources, answers and an office's entries; no route is shown here."""
