"""A briefing as a list of scenes: read from a file, edited, resolved against what is shipped, written again."""
