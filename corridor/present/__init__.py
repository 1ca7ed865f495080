"""Domain results made into things to look at: shared words and tables here, a folder for each thing a reader meets."""
