"""By how much a promised date was moved: one rule for every segment, whoever promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corridor.land.features import RouteProperties, SegmentDate
from corridor.quantities import counted

#: Days of a month and months of a year, on the average of the Gregorian calendar.
DAYS_OF_MONTH, MONTHS_OF_YEAR = 365.2425 / 12, 12


@dataclass(frozen=True, slots=True)
class Slip:
    """The first date promised for something and the day it was delivered or, if it was not, last promised for."""

    about: str
    first: SegmentDate
    last: SegmentDate
    days: int

    @property
    def said(self) -> str:
        """By how much, in words: "3 years and 9 months", "2 months"; "nothing" for less than half a month."""
        months = round(abs(self.days) / DAYS_OF_MONTH)
        parts = [counted(months // MONTHS_OF_YEAR, "year"), counted(months % MONTHS_OF_YEAR, "month")]
        words = " and ".join(part for part in parts if not part.startswith("0 ")) or "nothing"
        return f"{words}, to an earlier date" if self.days < 0 and months else words


def last_day(when: str) -> date:
    """Return the last day that an ISO day, month or year may mean."""
    year, month, day = (*(int(part) for part in when.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return following - timedelta(days=1)


def slips(segment: RouteProperties) -> tuple[Slip, ...]:
    """Return the slips of a segment, one for each thing of which two dates are known, the first of them a promise.

    Dates are compared by the last day each may mean, in the order in which they were said.
    """
    moved: list[Slip] = []
    for about in dict.fromkeys(moment["about"] for moment in segment["dates"]):
        moments = [moment for moment in segment["dates"] if moment["about"] == about]
        promised = sorted((m for m in moments if m["kind"] == "promised"), key=lambda moment: moment["said_on"] or "")
        delivered = [moment for moment in moments if moment["kind"] == "delivered"]
        dates: Sequence[SegmentDate] = [*promised, *delivered]
        if promised and len(dates) > 1:
            days = (last_day(dates[-1]["date"]) - last_day(dates[0]["date"])).days
            moved.append(Slip(about, dates[0], dates[-1], days))
    return tuple(moved)
