"""Pieces of Streamlit pages, by what a visitor does; what a command or a file would say too is in present."""
