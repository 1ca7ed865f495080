"""A story with its live map as one HTML file that needs no other file or network; its scripts are in browser."""
