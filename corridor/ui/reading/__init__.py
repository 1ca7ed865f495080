"""The pieces of the reader: its component, and own routes on it; its content is made by present/reader."""
