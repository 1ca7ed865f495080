"""The scripts and style sheets by name, and which of them one window fetches, read from the scripts themselves."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from posixpath import normpath

from corridor.land.catalogue import read_catalogue
from corridor.present.browser import layer_looks, palette

FOLDER = Path(__file__).parent
SHARED = "shared"
#: The folders a browser fetches from the application, beside the shared one.
COMPONENTS = ("reader", "route", "presenter")
#: The sheets that are no files: colours of the whole product, looks of the layers by the catalogue.
WRITTEN: Mapping[str, Callable[[], str]] = {
    palette.NAME: palette.palette_css,
    layer_looks.NAME: lambda: layer_looks.layers_css(read_catalogue()),
}
#: How a script names another file: always quoted, and always from where it lies itself.
REFERENCE = re.compile(r'"(\.{1,2}/[\w./]+\.(?:js|css))"')


def files_of_folder(folder: str) -> tuple[str, ...]:
    """Return the files of a folder as "folder/file", sorted."""
    files = {f"{folder}/{path.name}" for path in (FOLDER / folder).iterdir() if path.suffix in {".js", ".css"}}
    return tuple(sorted(files | set(WRITTEN) if folder == SHARED else files))


def text(name: str) -> str:
    """Return what stands in a file, "folder/file"; the palette and the looks of the layers are written here."""
    return WRITTEN[name]() if name in WRITTEN else (FOLDER / name).read_text(encoding="utf-8")


def referred(name: str) -> tuple[str, ...]:
    """Return the files a script names itself, modules and style sheets."""
    folder = PurePosixPath(name).parent
    return tuple(normpath(folder / reference) for reference in REFERENCE.findall(text(name)))


@cache
def files_of_window(entry: str) -> tuple[str, ...]:
    """Return every file that a window begun with the script `entry` fetches, sorted, `entry` among them."""
    reached, waiting = set[str](), [entry]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += referred(name) if name.endswith(".js") else ()
    return tuple(sorted(reached))
