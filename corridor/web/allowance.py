"""How much of something may be used within a time: messages of a page, and their bytes."""


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
