"""Everything that can be found by words, and the index that finds it; what a hit says comes from the rooms below."""
