"""What can be found on a document and its lines, a check for each finding; nothing is changed and no file is opened."""
