"""A room that stays full: memory of the server while viewers switch pages for an hour.

`python -m tests.bench.soak --viewers 20 --minutes 60` prints the memory every minute and, at the end, by how much it
grew in an hour over the second half, after what is kept for every viewer was made. The exit status is 1 when that is
more than LEVEL_MB, or when a viewer met with an error.
"""

import argparse
import asyncio
import statistics
import sys
import time

from tests.bench.crowd import PAGES, Seen, crowd, memory_mb, warm
from tests.support.served import serve, server_of

#: MB an hour within which memory is level: a full visit's worth of sessions that Streamlit forgets after half an hour.
LEVEL_MB = 40.0
EVERY = 60.0


def growth_mb_an_hour(samples: list[tuple[float, float]]) -> float:
    """Return the slope through (seconds, MB) over the second half of the time."""
    half = [sample for sample in samples if sample[0] >= samples[-1][0] / 2]
    return 3_600 * statistics.linear_regression(*zip(*half, strict=True)).slope if len(half) > 1 else 0.0


async def soak(address: str, viewers: int, minutes: float) -> bool:
    """Print memory over time; return whether it is level and nobody met with an error."""
    pid, seen = server_of(address), Seen()
    await warm(address, pid, PAGES)
    begun = time.monotonic()
    samples = [(0.0, memory_mb(pid))]
    print(f"     0.0 min  {samples[0][1]:8.1f} MB  before anybody came", flush=True)
    looking = asyncio.create_task(crowd(address, pid, viewers, 60 * minutes, PAGES, seen))
    every = min(EVERY, 60 * minutes / 12)
    while not (await asyncio.wait([looking], timeout=every))[0]:
        samples.append((time.monotonic() - begun, memory_mb(pid)))
        print(
            f"  {samples[-1][0] / 60:6.1f} min  {samples[-1][1]:8.1f} MB  {len(seen.page_ms)} pages opened, "
            f"{len(seen.errors)} errors",
            flush=True,
        )
    await looking
    grown = growth_mb_an_hour(samples)
    print(f"{viewers} viewers: {grown:+.1f} MB an hour over the second half; at most {LEVEL_MB:+g} is level.")
    for error in sorted(set(seen.errors))[:5]:
        print(error)
    return grown <= LEVEL_MB and not seen.errors


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--viewers", type=int, default=20)
    asked.add_argument("--minutes", type=float, default=60.0)
    given = asked.parse_args()
    with serve() as address:
        return 0 if asyncio.run(soak(address, given.viewers, given.minutes)) else 1


if __name__ == "__main__":
    sys.exit(main())
