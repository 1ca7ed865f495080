"""What can be wrong with the data we ship.

A reader's own bad file is never an exception: it is read into a value that carries the sentences to show.

    CorridorError
    ├── CatalogueError   the catalogue, a layer file or the sources disagree
    └── DocumentError    a text, an anchor or a register entry is broken or points nowhere
"""


class CorridorError(Exception):
    """Shipped data cannot be used; the message is one sentence naming the file, the key and what was expected."""


class CatalogueError(CorridorError):
    """A layer, its catalogue entry or a source record is broken."""


class DocumentError(CorridorError):
    """A document, an anchor or a register entry is broken."""
