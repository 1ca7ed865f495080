"""Keeps the folders in which Python looks for modules as they are while pages are drawn."""

import sys
from pathlib import Path


def keep_import_path_still(script: Path) -> None:
    """Have the folder of the script that Streamlit runs stand in `sys.path` for good.

    Streamlit puts it there for each run of a page and takes it out again, in many threads at a time. Who goes through
    the list meanwhile passes over an entry, which may be that of all packages: a page then said that there is none
    called “corridor” (seen once while pages were asked for thousands of times). What stands there already is left.
    """
    folder = str(script.resolve().parent)
    if folder not in sys.path:
        # At the end: no module of a page may stand in for one of Python's own.
        sys.path.append(folder)
