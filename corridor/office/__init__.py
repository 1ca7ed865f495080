"""What an office adds in a file of its own: read, checked, written, its lines drawn; nothing shipped is changed."""
