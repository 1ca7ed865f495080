"""How a length, a count or a day is written in a sentence: with its unit and no more digits than mean something."""

from collections.abc import Sequence
from datetime import date

from corridor.land.features import SegmentLength
from corridor.legs import Leg, Range, known_lengths, part_share_off

#: A drawing that is no better than this many metres bears no decimals of a kilometre.
ROUGH_M = 1000.0
#: Names that a sentence has one by one; of more it says how many there are.
MOST_NAMED = 3


def metres(value: float) -> str:
    """Return a length given in metres: "0 m", "0.5 m", "80 m", "450 m", "2.3 km", "27 km"."""
    if value < 0.05:
        return "less than 0.1 m" if value > 0 else "0 m"
    if value < 10:
        return f"{value:.1f} m"
    if value < 95:
        return f"{value:.0f} m"
    if value < 995:
        return f"{round(value, -1):.0f} m"
    return kilometres(value / 1000.0)


def kilometres(value: float) -> str:
    """Return a length given in kilometres: "0 km", "less than 0.01 km", "0.12 km", "2.3 km", "1,154 km"."""
    if value < 0.005:
        return "less than 0.01 km" if value > 0 else "0 km"
    if value < 0.995:
        return f"{value:.2f} km"
    return f"{value:,.1f} km" if value < 995 else f"{value:,.0f} km"


def bare_kilometres(value: float, accuracy_m: float | None = None) -> str:
    """Return a length in kilometres, without its unit, with as many decimals as an accuracy in metres bears.

    Nothing at all is "0"; what would be written so and is something is "less than 0.1", or "less than 1".
    """
    rough = accuracy_m is not None and accuracy_m >= ROUGH_M
    if not round(value, 0 if rough else 1):
        least = "1" if rough else "0.1"
        return f"less than {least}" if value > 0 else "0"
    return f"{value:,.0f}" if rough else f"{value:,.1f}"


def longer_or_shorter(difference: float, decimals: int = 1) -> str:
    """Return a difference of two lengths in km with its sign, without its unit: "+506", "−0.4"; "0" for none.

    What would be written as nothing and is something is told as a bound: "+ less than 0.1".
    """
    if not difference:
        return "0"
    sign = "+" if difference > 0 else "−"
    least = f"{10.0**-decimals:g}"
    shown = round(abs(difference), decimals)
    return f"{sign}{shown:,.{decimals}f}" if shown else f"{sign} less than {least}"


def plus_minus(accuracy_m: float) -> str:
    """Return an accuracy in metres with every digit it has: "±437 m", "±1.437 km"."""
    return f"±{accuracy_m / 1000:g} km" if accuracy_m >= 1000 else f"±{accuracy_m:g} m"


def within(accuracy_m: float) -> str:
    """Return how exactly something is known, in two digits: "±500 m", "±6 km"."""
    return plus_minus(rounded_accuracy(accuracy_m))


def bare_range(km: Range) -> str:
    """Return a lowest and a highest length without their unit, "39 to 45"; one number where they are the same."""
    low, high = (f"{round(end, 1):,g}" if end < 1000 else f"{end:,.1f}".removesuffix(".0") for end in km)
    return low if low == high else f"{low} to {high}"


def used_kilometres(some: Sequence[Leg]) -> str:
    """Return the length that is used of some legs, published first, without its unit: "39 to 45", "536 to 545".

    Where some of it is as drawn, it has no more decimals than the drawing bears.
    """
    lengths = known_lengths(some)
    rough = max(
        (leg.accuracy_m or 0.0 for length in lengths if length.used == "drawn" for leg in length.legs), default=0.0
    )
    low, high = sum(length.km[0] for length in lengths), sum(length.km[1] for length in lengths)
    if rough >= ROUGH_M:
        low, high = round(low), round(high)
    elif all(length.used == "drawn" for length in lengths):
        return bare_kilometres(low)
    return bare_range((low, high))


def published_first(some: Sequence[Leg]) -> str:
    """Return how long some legs are, the published length first: "39 to 45 km published (42.6 km as drawn here)".

    Of legs without a published length the drawn one is named as such; what has neither is counted.
    """
    lengths = known_lengths(some)
    published = [length for length in lengths if length.published_km is not None]
    drawn = [length for length in lengths if length.used == "drawn"]
    words: list[str] = []
    if published:
        together = sum(length.km[0] for length in published), sum(length.km[1] for length in published)
        words.append(f"{bare_range(together)} km published")
    if drawn:
        lacking = " where no length is published" if published else ", no length published"
        words.append(f"{_as_drawn([leg for length in drawn for leg in length.legs])}{lacking}")
    elif published and all(leg.measured_km is not None for leg in some):
        words[-1] += f" ({_as_drawn(some)})"
    unknown = sum(length.used is None for length in lengths)
    if unknown:
        words.append(f"{counted(unknown, 'segment')} of unknown length")
    return listed(words)


def _as_drawn(some: Sequence[Leg]) -> str:
    km, again_km = sum(leg.measured_km or 0.0 for leg in some), sum(leg.repeated_km for leg in some)
    known_m = max((leg.accuracy_m or 0.0 for leg in some), default=None)
    again = f", {drawn_twice(again_km)}" if again_km else ""
    off = f", {said}" if (said := drawn_off(some)) else ""
    return f"{bare_kilometres(km, known_m)} km as drawn {by_whom(some)}{again}{off}"


def drawn_off(some: Sequence[Leg]) -> str:
    """Return by how much drawings leave their published lengths: "19 % short", "2 segments 17 % and 19 % short".

    Nothing is said up to five per cent; see `corridor.legs.share_off`.
    """
    words: list[str] = []
    for how, sign in (("short", -1), ("too long", 1)):
        shares = sorted(abs(leg.drawn_off) for leg in some if leg.drawn_off * sign > 0)
        if shares:
            which = f"{counted(len(shares), 'segment')} " if len(some) > 1 else ""
            words.append(f"{which}{listed(list(dict.fromkeys(f'{share * 100:.0f} %' for share in shares)))} {how}")
    return ", ".join(words)


def off_words(share: float) -> str:
    """Return "drawn 19 % short" for -0.19, "drawn 39 % too long" for 0.39, nothing for 0."""
    return f"drawn {abs(share) * 100:.0f} % {'short' if share < 0 else 'too long'}" if share else ""


def measured_part(length: SegmentLength) -> str:
    """Return what a published length measures, and by how much its part is drawn short of it or too long, if it is."""
    off = off_words(part_share_off(length))
    return f"{length['what']}; {off}, {bare_kilometres(length['drawn_km'] or 0.0)} km" if off else length["what"]


def drawn_off_words(some: Sequence[Leg]) -> tuple[str, ...]:
    """Return what `drawn_off` says as a part that stands among others: "drawn 19 % short"; () where there is none."""
    said = drawn_off(some)
    return (f"drawn {said}" if len(some) == 1 else f"drawn: {said}",) if said else ()


def by_whom(some: Sequence[Leg]) -> str:
    """Return in words whose drawing some legs are: "here", "by this office", or here with how many of the office."""
    drawn = [leg for leg in some if leg.measured_km is not None]
    of_office = sum(bool(leg.office_line) for leg in drawn)
    if not of_office:
        return "here"
    return "by this office" if of_office == len(drawn) else f"here, {counted(of_office, 'line')} by this office"


def drawn_twice(again_km: float) -> str:
    """Return in words that some kilometres are drawn twice, as by two legs beside each other, and count once."""
    return f"{kilometres(again_km)} drawn twice counted once"


def rounded_accuracy(accuracy_m: float) -> float:
    """Return an accuracy in metres with two digits that mean something; what is under a metre is a metre."""
    if accuracy_m < 1:
        return 1.0
    digits = len(f"{accuracy_m:.0f}")
    return float(round(accuracy_m, min(0, 2 - digits)))


def listed(items: list[str]) -> str:
    """Return items as a sentence lists them: "A", "A and B", "A, B and C"."""
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


def first_listed(names: Sequence[str]) -> str:
    """Return names as `listed` does; of more than MOST_NAMED the first, and how many more there are."""
    more = len(names) - MOST_NAMED
    return f"{', '.join(names[:MOST_NAMED])} and {more:,} more" if more > 0 else listed(list(names))


def sentence(words: str) -> str:
    """Return words as a sentence begins with them; all but the first letter stay as they are."""
    return words[:1].upper() + words[1:]


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun: "1 crossing", "2 crossings"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(value: date | str) -> str:
    """Return "8 August 2025" for a date or an ISO date; "August 2025" for a month; a year or other text unchanged."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    parts = value.split("-")
    if not all(part.isdigit() for part in parts):
        return value
    if len(parts) == 3:
        return day(date.fromisoformat(value))
    if len(parts) == 2:
        return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    return value
