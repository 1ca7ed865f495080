"""What is written: documents, instruments, timeline, glossary, boundary, read strictly; nothing is answered here."""
