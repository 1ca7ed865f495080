"""How the modules that a browser fetches one by one from the application become one script without any address.

Every module keeps a scope of its own: it becomes a function that is called once, after those it imports from. Only the
plain forms are understood that our modules use; anything else is an error where the file is made, never in a browser.
"""

import re
from functools import cache
from pathlib import Path

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "(\.[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
#: What a module cannot do once it has no address.
NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b.*|import\.meta.*", re.MULTILINE)


@cache
def bundle(entry: Path) -> str:
    """Return the module `entry` with all it imports, as one script in strict mode.

    Raises ValueError, naming the module and the line, for a form of import or export that is not understood.
    """
    written: dict[Path, str] = {}
    _write(entry.resolve(), written)
    return "\n".join(['"use strict";', *written.values(), ""])


def _write(path: Path, written: dict[Path, str]) -> str:
    """Write a module after those it imports from; return the name its exports are found under."""
    name = f"module_{path.parent.name}_{path.stem}"
    if path in written:
        return name
    code = path.read_text(encoding="utf-8")
    imported = [(match[1], _write((path.parent / match[2]).resolve(), written)) for match in IMPORT.finditer(code)]
    imports = "".join(f"const {{ {names} }} = {module};\n" for names, module in imported)
    exported = [match[1] for match in EXPORT.finditer(code)]
    body = EXPORT.sub("", IMPORT.sub("", code))
    if left := NOT_UNDERSTOOD.search(body):
        raise ValueError(f"{path.name}: “{left[0]}” cannot stand in a file of its own.")
    returned = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    written[path] = f"const {name} = (() => {{\n{imports}{body}{returned}}})();"
    return name
