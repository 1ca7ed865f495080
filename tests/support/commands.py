"""Files for the commands, and the lines they print as JSON."""

import json
import subprocess
import sys
from collections.abc import Iterable

from tests.support.processes import ROOT

#: What each command that writes a file would import and read in its own process is at hand here, once for all.
RUNNER = """
import functools, json, sys
from corridor.commands.cli import main
commands = json.load(sys.stdin)
if any("--out" in words for words in commands):
    from corridor.present import context
    from corridor.present.briefing_files import comparison_files
    context.read_briefing_context = functools.cache(context.read_briefing_context)
    context.read_briefing_context().land
for words in commands:
    main(words)
"""
THROUGH = [[46.66, 39.08], [46.4, 38.95], [46.24, 38.9], [46.02, 38.91]]


def written(folder, name: str, coordinates: list, **properties) -> str:
    feature = {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps(feature), encoding="utf-8")
    return str(path)


def records(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def printed_by(commands: Iterable[list[str]]) -> str:
    """Return all that some commands print, done one after the other in a fresh interpreter, as a person does them.

    One in which a library keeps threads could start no process by forking, and took a second more for every file.
    """
    given = json.dumps(list(commands))
    done = subprocess.run(
        [sys.executable, "-c", RUNNER], cwd=ROOT, input=given, capture_output=True, text=True, timeout=500, check=True
    )
    return done.stdout + done.stderr
