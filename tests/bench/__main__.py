"""`make bench`: every benchmark against its peer in the same run; prints tables as they come and writes bench.json."""

from tests.bench import editing, exports, hostile, presenting, reader, real_files, routes, storms, viewers
from tests.bench.figures import table, write
from tests.support.served import ROOT


def main() -> None:
    figures = []
    for kind in (reader, routes, real_files, editing, presenting, exports, hostile, storms, viewers):
        measured = kind.measure()
        print(table(measured), flush=True)
        figures += measured
        write(figures, ROOT / "bench.json")


if __name__ == "__main__":
    main()
