"""How much of something may be used within a time: messages of a page, their bytes, and websockets of a network."""

import asyncio

#: As many are remembered before those are looked for who can be forgotten.
FEW = 100


class Allowance:
    """So many units a second, some saved up."""

    def __init__(self, a_second: float, saved: float, now: float) -> None:
        """Begin at `now` with all that may be saved."""
        self.a_second, self.most = a_second, saved
        self.left, self.at = saved, now

    def wait_for(self, units: float, now: float) -> float:
        """Take the units and return how many seconds from now they are there."""
        self.left = min(self.most, self.left + (now - self.at) * self.a_second) - units
        self.at = now
        return max(0.0, -self.left / self.a_second)


class Allowances:
    """An allowance for each of many, by name; those who have all that may be saved are forgotten."""

    def __init__(self, a_second: float, saved: float) -> None:
        """Begin with nobody."""
        self.a_second, self.saved = a_second, saved
        self._left: dict[str, tuple[float, float]] = {}
        self._remembered = FEW

    def take(self, name: str, now: float) -> bool:
        """Take one unit where there is one; return whether there was."""
        left = self._left_of(name, now)
        if left < 1.0:
            return False
        self._left[name] = left - 1.0, now
        if len(self._left) > 2 * self._remembered:
            self._left = {other: kept for other, kept in self._left.items() if self._left_of(other, now) < self.saved}
            self._remembered = max(FEW, len(self._left))
        return True

    async def take_within(self, name: str, seconds: float) -> bool:
        """Take one unit as soon as there is one; return whether there was within so many seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not self.take(name, loop.time()):
            if loop.time() > until:
                return False
            await asyncio.sleep(min(1 / self.a_second, seconds))
        return True

    def _left_of(self, name: str, now: float) -> float:
        left, at = self._left.get(name, (self.saved, now))
        return min(self.saved, left + (now - at) * self.a_second)
