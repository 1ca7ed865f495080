"""The web application around the pages: who is let in, assets by content hash, headers, visits, edited lines."""
