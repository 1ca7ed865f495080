"""`make bench`: every benchmark against its peer in the same run; prints a table and writes bench.json."""

from tests.bench import editing, exports, reader, routes
from tests.bench.figures import table, write
from tests.served import ROOT


def main() -> None:
    figures = [*reader.measure(), *routes.measure(), *editing.measure(), *exports.measure()]
    print(table(figures))
    write(figures, ROOT / "bench.json")


if __name__ == "__main__":
    main()
