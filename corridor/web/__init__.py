"""The ASGI application around the pages: assets, headers, cookies and routes of its own; nothing here is drawn."""
