"""Routes side by side as words for a terminal, the first being the one the others are compared with."""

from corridor.assessing.comparison import Comparison, QuantityRow
from corridor.quantities import metres, used_kilometres


def readable_comparison(comparison: Comparison) -> str:
    """Return routes side by side for a terminal, the first being the one the others are compared with."""
    lines = ["  |  ".join(("", *comparison.names))]
    lines += [comparison.modes] if comparison.modes else []
    for row in (*comparison.rows, *comparison.by_territory):
        lines.append("  |  ".join((row.label, *_values(row))))
    for answers in comparison.criteria:
        lines.append("  |  ".join((f"{answers.id} {answers.question}", *map(str, answers.answers))))
    for pairing in comparison.pairings:
        near = pairing.from_base
        apart = [f"km {run.from_km:,.1f}-{run.to_km:,.1f}" for run in pairing.base_runs if not run.together]
        lines.append(
            f"{pairing.name}: {near.share:.0%} of the length of the first runs within {metres(near.within_m)} of it, "
            f"half within {metres(near.p50_m)}, all within {metres(near.p100_m)}; "
            f"apart at {', '.join(apart) or 'no place'}"
        )
    return "\n".join(lines)


def _values(row: QuantityRow) -> list[str]:
    """Return the values of a row in words, lengths of shipped candidates with the published ones first."""
    if not row.lengths:
        return [_value(value, row.unit) for value in row.values]
    return [
        f"{used_kilometres(length.legs)} km" if length.legs else _value(length.km, row.unit) for length in row.lengths
    ]


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "too rough to say"
    decimals = {"crossings": 0, "m": 0, "km": 1}.get(unit, 2)
    return f"{value:,.{decimals}f} {unit}".rstrip()
