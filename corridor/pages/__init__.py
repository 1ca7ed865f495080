"""The Streamlit pages, one short script per menu entry, and the map component beside them."""
