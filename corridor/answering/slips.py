"""By how much a date moved, and which passed: one rule for every segment, whoever promised or expected it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corridor.land.features import RouteProperties, SegmentDate
from corridor.quantities import counted
from corridor.texts.edition import facts_as_of

#: Days of a month and months of a year, on the average of the Gregorian calendar.
DAYS_OF_MONTH, MONTHS_OF_YEAR = 365.2425 / 12, 12
#: Kinds of a date that something is to be done by.
TO_BE = ("promised", "expected")
#: An ISO date of a whole day has so many characters.
_WHOLE_DAY = len("2026-01-31")


@dataclass(frozen=True, slots=True)
class Slip:
    """The first date given for something and the day it was delivered or, if it was not, the last one given."""

    about: str
    first: SegmentDate
    last: SegmentDate
    days: int

    @property
    def said(self) -> str:
        """By how much, in words: "3 years and 9 months", "2 months", "13 days" between two whole days, or "nothing"."""
        months = round(abs(self.days) / DAYS_OF_MONTH)
        parts = [counted(months // MONTHS_OF_YEAR, "year"), counted(months % MONTHS_OF_YEAR, "month")]
        words = " and ".join(part for part in parts if not part.startswith("0 "))
        if not words and self.days and all(len(end["date"]) == _WHOLE_DAY for end in (self.first, self.last)):
            words = counted(abs(self.days), "day")
        return f"{words}, to an earlier date" if self.days < 0 and words else words or "nothing"


def last_day(when: str) -> date:
    """Return the last day that an ISO day, month or year may mean."""
    year, month, day = (*(int(part) for part in when.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return following - timedelta(days=1)


def slips(segment: RouteProperties) -> tuple[Slip, ...]:
    """Return the slips of a segment, one for each thing of which two dates are known, the first of them still to be.

    Dates are compared by the last day each may mean, in the order in which they were said.
    """
    moved: list[Slip] = []
    for about in dict.fromkeys(moment["about"] for moment in segment["dates"]):
        given, delivered = _given(segment, about), _delivered(segment, about)
        dates: Sequence[SegmentDate] = [*given, *delivered]
        if given and len(dates) > 1:
            days = (last_day(dates[-1]["date"]) - last_day(dates[0]["date"])).days
            moved.append(Slip(about, dates[0], dates[-1], days))
    return tuple(moved)


def passed(segment: RouteProperties) -> tuple[SegmentDate, ...]:
    """Return the last date given for each thing that was over when sources were last searched, and not found done."""
    last = [
        given[-1]
        for about in dict.fromkeys(moment["about"] for moment in segment["dates"])
        if (given := _given(segment, about)) and not _delivered(segment, about)
    ]
    return tuple(moment for moment in last if last_day(moment["date"]) < facts_as_of())


def _given(segment: RouteProperties, about: str) -> list[SegmentDate]:
    to_be = [moment for moment in segment["dates"] if moment["about"] == about and moment["kind"] in TO_BE]
    return sorted(to_be, key=lambda moment: moment["said_on"] or "")


def _delivered(segment: RouteProperties, about: str) -> list[SegmentDate]:
    return [moment for moment in segment["dates"] if moment["about"] == about and moment["kind"] == "delivered"]
