"""What runs in a browser and what it looks like there: the scripts and style sheets of the pages and of a story's file.

There is no Python in these folders. They lie beside each other here and in every address, so that they can refer to one
another. `reader_component` is where text and map meet, `route_component` where a reader's own route meets what was
found in it, `presenter_component` where a story stands before an audience, `page_component` a story as a file of its
own, read and presented without any server.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
#: The folders a browser fetches from the application.
COMPONENTS = ("reader_component", "route_component", "presenter_component")
