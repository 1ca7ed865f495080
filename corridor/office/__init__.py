"""What an office adds in a file of its own: read, checked and written; nothing here enters the shipped data."""
