"""What stands around every page: address, title, notices, tables, foot, menu; nothing that knows of one page."""
