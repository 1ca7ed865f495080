"""A route measured, judged by words of paragraph 3, set beside another; no file is read and nothing worded here."""
