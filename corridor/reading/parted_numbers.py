"""Positions written with numbers alone, by the signs between them: blanks, semicolons, commas of either use."""

import re
from itertools import pairwise

from corridor.reading.written_angles import COMMAS, FURTHEST, number_of

#: Ways of writing, as a sentence names them.
SEMICOLONS = "semicolons"
BLANKS = "blanks between longitude and latitude"
OWN_TEXT = "one text for all positions"
IN_A_ROW = "commas between positions too"
#: Numbers with commas between that are taken for several positions; fewer are one, with its height and further numbers.
LEAST_IN_A_ROW = 6

PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
WITH_COMMA = re.compile(r"[+-]?\d+(?:,\d+)?")
#: How positions, and the numbers in one, are parted, and the sign of the decimals.
PARTINGS = tuple(
    (re.compile(between_positions), re.compile(between_numbers), decimals)
    for between_positions, between_numbers, decimals in (
        (r"(?<![,\s])\s++(?![,\s])", r"\s*,\s*", PLAIN),
        (r"(?<![;\s])\s++(?![;\s])", r"\s*;\s*", PLAIN),
        (r"(?<![;\s])\s++(?![;\s])", r"\s*;\s*", WITH_COMMA),
        (r"\s*[;|\n]\s*", r"\s*,\s*|[ \t]+", PLAIN),
        (r"\s*[,\n]\s*", r"[ \t]+", PLAIN),
        (r"\s*[;|\n]\s*", r"[ \t]+", WITH_COMMA),
        (r"\s*[|\n]\s*", r"\s*;\s*", WITH_COMMA),
        (r"\s*[|\n]\s*", r"\s*;\s*", PLAIN),
        (r"\s*[;|\n]\s*", r",[ \t]+", WITH_COMMA),
    )
)


def read_parted(text: str) -> tuple[list[list[float]], tuple[str, ...]] | None:
    """Return the positions of a text of numbers alone, by what parts them, and how they are written; else None."""
    pointless = "." not in text
    for in_degrees in (True, False):
        for between_positions, between_numbers, decimals in PARTINGS:
            rows = [between_numbers.split(position) for position in between_positions.split(text) if position]
            if not rows or not all(2 <= len(row) <= 3 and all(map(decimals.fullmatch, row)) for row in rows):
                continue
            # “46,63 38,94”: where no number has a point, the commas may be those of decimals.
            if decimals is PLAIN and pointless and "," in text:
                continue
            positions = [[number_of(number) for number in row] for row in rows]
            if not in_degrees or all(map(_like_degrees, positions)):
                commas = decimals is WITH_COMMA and "," in "".join(map("".join, rows))
                parted = SEMICOLONS if ";" in text else BLANKS if "," not in text or commas else OWN_TEXT
                return positions, (COMMAS, parted) if commas else (parted,)
        if in_degrees and (joined := _joined(text)):
            return joined
    if row := _all_in_a_row(text):
        return row
    numbers = text.split()
    for decimals, styles in ((PLAIN, (BLANKS,)), (WITH_COMMA, (COMMAS, BLANKS))):
        if len(numbers) % 2 == 0 and len(numbers) and all(map(decimals.fullmatch, numbers)):
            values = list(map(number_of, numbers))
            positions = [values[i : i + 2] for i in range(0, len(values), 2)]
            return (positions, styles) if all(map(_like_degrees, positions)) else None
    return None


def _all_in_a_row(text: str) -> tuple[list[list[float]], tuple[str, ...]] | None:
    """Read “46.6,38.9,0,46.5,38.8,0”, commas between all numbers, in twos or threes: as the line of shorter steps.

    Where these are more than a fifth of the others nothing is read.
    """
    numbers = [number.strip() for number in text.rstrip(" ,").split(",")]
    if "." not in text or len(numbers) < LEAST_IN_A_ROW or not all(map(PLAIN.fullmatch, numbers)):
        return None
    values = list(map(number_of, numbers))
    read: list[tuple[float, list[list[float]]]] = []
    for width in (2, 3):
        positions = [values[at : at + width] for at in range(0, len(values), width)]
        if len(values) % width == 0 and all(map(_like_degrees, positions)):
            steps = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(positions)]
            read.append((sum(steps) / len(steps), positions))
    read.sort(key=lambda each: each[0])
    if not read or (len(read) > 1 and read[0][0] >= read[1][0] / 5):
        return None
    return read[0][1], (IN_A_ROW,)


def _joined(text: str) -> tuple[list[list[float]], tuple[str, ...]] | None:
    """Read “46,63067,38,94164,0”: commas between numbers and as their decimal sign as well."""
    positions: list[list[float]] = []
    for row in re.split(r"[\s;|]+", text):
        position = joined_numbers(row.split(",")) if row else []
        if position is None:
            return None
        if position:
            positions.append(position)
    return (positions, (COMMAS,)) if positions and all(map(_like_degrees, positions)) else None


def joined_numbers(parts: list[str]) -> list[float] | None:
    """Return the position of four to six whole numbers that are two or three numbers with decimal commas."""
    if (
        not 4 <= len(parts) <= 6
        or not re.fullmatch(r"[+-]?\d{1,3}", parts[0])
        or not re.fullmatch(r"[+-]?\d{1,3}", parts[2])
    ):
        return None
    if not all(re.fullmatch(r"[+-]?\d{1,20}", part) for part in parts) or not (parts[1] + parts[3]).isdigit():
        return None
    numbers = [".".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return [float(number) for number in numbers]


def _like_degrees(position: list[float]) -> bool:
    return abs(position[0]) <= FURTHEST and abs(position[1]) <= 180 and min(map(abs, position[:2])) <= 90
