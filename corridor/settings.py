"""What an office can set from outside, by environment variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running application.

    `office_updates` is the file an office keeps beside the application; `tiles` is the address template of an
    online tile service ("https://host/{z}/{x}/{y}.png") with the `tiles_attribution` it asks to be shown, empty
    unless somebody turned it on.

    `visit_mb` and `visits_mb` are the megabytes that one visitor, and all together, may keep, and `visit_hours` how
    long after the last sign of life; `work_mb` and `work_seconds` are what reading and measuring one file may take.
    """

    office_updates: Path
    tiles: str
    tiles_attribution: str
    visit_mb: float = 200.0
    visits_mb: float = 2_000.0
    visit_hours: float = 12.0
    work_mb: float = 3_000.0
    work_seconds: float = 120.0


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings named in `environment` (the process's own when not given), each with its default.

    Raises ValueError, one sentence, for a number that is none or not above zero.
    """
    named = os.environ if environment is None else environment
    return Settings(
        office_updates=Path(named.get("CORRIDOR_OFFICE_UPDATES", "office-updates.toml")),
        tiles=named.get("CORRIDOR_TILES", ""),
        tiles_attribution=named.get("CORRIDOR_TILES_ATTRIBUTION", ""),
        **{
            field: _above_zero(name, named[name])
            for field in ("visit_mb", "visits_mb", "visit_hours", "work_mb", "work_seconds")
            if (name := f"CORRIDOR_{field.upper()}") in named
        },
    )


def _above_zero(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise ValueError(f"{name} is {text!r}; a number above zero was expected.")
    return number
