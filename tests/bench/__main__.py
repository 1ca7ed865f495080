"""`make bench`: every benchmark against its peer in the same run; prints a table and writes bench.json."""

from tests.bench import editing, exports, presenting, reader, routes
from tests.bench.figures import table, write
from tests.served import ROOT


def main() -> None:
    figures = [figure for kind in (reader, routes, editing, presenting, exports) for figure in kind.measure()]
    print(table(figures))
    write(figures, ROOT / "bench.json")


if __name__ == "__main__":
    main()
