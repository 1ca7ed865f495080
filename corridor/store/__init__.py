"""What outlives a page: the files of a visit, and the long work done on them in processes of its own."""
