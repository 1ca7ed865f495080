"""What outlives a page: the files of a visit, and long work in processes of its own; Streamlit is unknown here."""
