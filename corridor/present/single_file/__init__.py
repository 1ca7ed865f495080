"""A story with its live map as one HTML file that needs no other file, no server and no network."""
