"""What an office can set from outside, by environment variable."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

#: An origin as browsers write it: scheme, name or address, and the port where it is not the scheme's own.
ORIGIN = re.compile(r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
LONGEST_HOST = 253
SCHEME_PORTS = {"http": 80, "https": 443}
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running application.

    `office_updates` is the file an office keeps beside the application; `tiles` is the address template of an
    online tile service ("https://host/{z}/{x}/{y}.png") with the `tiles_attribution` it asks to be shown, empty
    unless somebody turned it on.

    `visit_mb` and `visits_mb` are the megabytes that one visitor, and all together, may keep, and `visit_hours` how
    long after the last sign of life; `uploads_mb` what files on their way in may take of the memory; `work_mb` and
    `work_seconds` are what reading and measuring one file may take.

    `hosts` are the origins ("https://map.example.org") under which the application is reached beside this machine's own
    names; `proxy` are the addresses of proxies that say where a visitor comes from. `connections` and `viewers`, pages,
    may be open at once, and `new_visits` may begin within a minute. `metrics` opens Streamlit's address for its own
    figures, `agents` those for programs that operate the pages.
    """

    office_updates: Path
    tiles: str
    tiles_attribution: str
    visit_mb: float = 200.0
    visits_mb: float = 2_000.0
    visit_hours: float = 12.0
    uploads_mb: float = 400.0
    work_mb: float = 3_000.0
    work_seconds: float = 120.0
    hosts: tuple[str, ...] = ()
    proxy: tuple[IPNetwork, ...] = ()
    connections: int = 1_000
    viewers: int = 150
    new_visits: int = 600
    metrics: bool = False
    agents: bool = False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings named in `environment` (the process's own when not given), each with its default.

    Raises ValueError, one sentence, for a number that is none or not above zero, an origin or an address that is
    none, and a switch that is neither on nor off.
    """
    named = os.environ if environment is None else environment
    numbers = {
        field: _above_zero(name, named[name])
        for field in ("visit_mb", "visits_mb", "visit_hours", "uploads_mb", "work_mb", "work_seconds")
        if (name := f"CORRIDOR_{field.upper()}") in named
    }
    counts = {
        field: _count(name, named[name])
        for field in ("connections", "viewers", "new_visits")
        if (name := f"CORRIDOR_{field.upper()}") in named
    }
    given: dict[str, Any] = {**numbers, **counts}
    return Settings(
        office_updates=Path(named.get("CORRIDOR_OFFICE_UPDATES", "office-updates.toml")),
        tiles=named.get("CORRIDOR_TILES", ""),
        tiles_attribution=named.get("CORRIDOR_TILES_ATTRIBUTION", ""),
        hosts=_origins(named.get("CORRIDOR_HOSTS", "")),
        proxy=_networks(named.get("CORRIDOR_PROXY", "")),
        metrics=_on("CORRIDOR_METRICS", named.get("CORRIDOR_METRICS", "off")),
        agents=_on("CORRIDOR_AGENTS", named.get("CORRIDOR_AGENTS", "off")),
        **given,
    )


def _above_zero(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise ValueError(f"{name} is {text!r}; a number above zero was expected.")
    return number


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise ValueError(f"{name} is {text!r}; a whole number above zero was expected.")
    return int(text)


def _on(name: str, text: str) -> bool:
    if text not in {"on", "off"}:
        raise ValueError(f"{name} is {text!r}; 'on' or 'off' was expected.")
    return text == "on"


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(origin.strip()) for origin in text.split(",")) if text.strip() else ()


def _networks(text: str) -> tuple[IPNetwork, ...]:
    return tuple(_network(network.strip()) for network in text.split(",")) if text.strip() else ()


def _network(text: str) -> IPNetwork:
    """Return an address or a network; the one that holds every address would let anybody say where they come from."""
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        network = None
    if network is None or not network.prefixlen:
        raise ValueError(
            f"CORRIDOR_PROXY names {text!r}; addresses such as '127.0.0.1' or networks such as '10.0.0.0/24' were "
            "expected, with commas between them."
        )
    return network


def _origin(text: str) -> str:
    """Return an origin as a browser sends it, without the port that its scheme has anyway."""
    parts = ORIGIN.fullmatch(text.lower())
    host = _host(parts[2]) if parts else None
    port = int(parts[3]) if parts and parts[3] else None
    if not (parts and host and (port is None or 1 <= port <= 65_535)):
        raise ValueError(
            f"CORRIDOR_HOSTS names {text!r}; origins such as 'https://map.example.org' or 'http://10.0.0.7:8501' were "
            "expected, with commas between them."
        )
    return f"{parts[1]}://{host}" + (f":{port}" if port not in {None, SCHEME_PORTS[parts[1]]} else "")


def _host(name: str) -> str | None:
    """Return a name or an address in the one form browsers send it in, None for what is neither."""
    if name.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(name[1:-1]).compressed}]"
        except ValueError:
            return None
    # What ends in a number is an address to a browser, and nothing else.
    if name.rpartition(".")[2].isdigit():
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            return None
    return name if len(name) <= LONGEST_HOST else None
