"""The pieces of Compare routes: choosing, tables, map and downloads; one route by itself is in checking."""
