"""`make bench`: every benchmark against its peer in the same run; prints tables as they come and writes bench.json.

`python -m tests.bench routes viewers` runs those two alone. A benchmark that breaks says so, stops none after it, and
makes the whole end with 1.
"""

import argparse
import sys
import traceback

from tests.bench import (
    editing,
    exports,
    hostile,
    presenting,
    reader,
    real_files,
    relief,
    routes,
    search,
    storms,
    viewers,
)
from tests.bench.figures import table, write
from tests.support.served import ROOT

KINDS = {
    kind.__name__.rpartition(".")[2]: kind
    for kind in (reader, routes, search, real_files, editing, presenting, exports, relief, hostile, storms, viewers)
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"one of {', '.join(KINDS)}; all without any")
    names = parser.parse_args().kinds or list(KINDS)
    if unknown := [name for name in names if name not in KINDS]:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(KINDS)}")
    figures, broken = [], []
    for name in names:
        try:
            measured = KINDS[name].measure()
        except Exception:
            traceback.print_exc()
            broken.append(name)
            continue
        print(table(measured), flush=True)
        figures += measured
        write(figures, ROOT / "bench.json")
    if broken:
        print(f"bench: not measured, for the reasons above: {', '.join(broken)}.", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
