"""A story in words: scenes with sentences, tables and map requests; how they are laid out is each writer's matter."""
