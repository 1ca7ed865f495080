"""How a length, a count or a day is written in a sentence: with its unit and no more digits than mean something."""

from datetime import date


def metres(value: float) -> str:
    """Return a length given in metres: "0.5 m", "80 m", "450 m", "2.3 km", "27 km"."""
    if value < 10:
        return f"{value:.1f} m"
    if value < 95:
        return f"{value:.0f} m"
    if value < 995:
        return f"{round(value, -1):.0f} m"
    return kilometres(value / 1000.0)


def kilometres(value: float) -> str:
    """Return a length given in kilometres: "0.12 km", "2.3 km", "1,154 km"."""
    if 0 < value < 0.995:
        return f"{value:.2f} km"
    return f"{value:,.1f} km" if value < 995 else f"{value:,.0f} km"


def rounded_accuracy(accuracy_m: float) -> float:
    """Return an accuracy in metres with two digits that mean something; what is under a metre is a metre."""
    if accuracy_m < 1:
        return 1.0
    digits = len(f"{accuracy_m:.0f}")
    return float(round(accuracy_m, min(0, 2 - digits)))


def listed(items: list[str]) -> str:
    """Return items as a sentence lists them: "A", "A and B", "A, B and C"."""
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


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
