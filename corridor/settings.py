"""What an office can set from outside, by environment variable."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running application.

    `office_updates` is the file an office keeps beside the application; `tiles` is the address template of an
    online tile service ("https://host/{z}/{x}/{y}.png") with the `tiles_attribution` it asks to be shown, empty
    unless somebody turned it on.
    """

    office_updates: Path
    tiles: str
    tiles_attribution: str


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Return the settings named in `environment` (the process's own when not given), each with its default."""
    named = dict(os.environ) if environment is None else environment
    return Settings(
        office_updates=Path(named.get("CORRIDOR_OFFICE_UPDATES", "office-updates.toml")),
        tiles=named.get("CORRIDOR_TILES", ""),
        tiles_attribution=named.get("CORRIDOR_TILES_ATTRIBUTION", ""),
    )
