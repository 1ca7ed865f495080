"""The web application around the pages: assets by content hash and response headers."""
