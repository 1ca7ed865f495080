"""Domain results made into things to look at: words, colours, maps, charts and tables."""
