"""One short Streamlit script for each entry of the menu, with its own style; every piece of a page is in ui."""
