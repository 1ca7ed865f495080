"""A route measured, judged by the words of paragraph 3 and set beside another, without saying more than the text."""
