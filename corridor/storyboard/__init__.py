"""A briefing as a list of scenes: read, edited, resolved, written again; what a scene says is made in present."""
