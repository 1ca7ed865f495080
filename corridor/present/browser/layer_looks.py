"""How the layers of the map look in a window, written as a style sheet from what the catalogue says of each.

States, borders and routes are in map.css by themselves. The sheet is no file: like the palette it is written when the
application publishes its files and when a story becomes a file of its own.
"""

from collections.abc import Iterable, Iterator, Mapping

from corridor.land.appearance import FeatureLook
from corridor.land.catalogue import Layer
from corridor.land.features import LayerId

#: What the sheet is called where it is fetched, beside the other shared sheets.
NAME = "shared/layers.css"
#: Of what every drawn feature has to begin with; the looks follow.
BASE = (
    ".corridor-reader .feature { fill: none; stroke: none; stroke-linejoin: round; stroke-linecap: round; "
    "fill-opacity: 1; stroke-opacity: 1; }\n"
)
#: Zooms of a whole region, at which points are only specks, and of a part of it, at which they are small.
SPECKS, SMALL = (5, 6), (5, 6, 7)
#: Points that have a rank of their own shrink by it, which map.css says.
RANKED = "place"


def layers_css(layers: Mapping[LayerId, Layer]) -> str:
    """Return the sheet: every look of every layer by class, in the order of the catalogue."""
    rules = [rule for layer in layers.values() for rule in _rules(layer)]
    return (
        "/* How the layers look; written by corridor/present/browser/layer_looks.py from the catalogue. */\n"
        f"{BASE}{''.join(rules)}"
    )


def _rules(layer: Layer) -> Iterator[str]:
    looks = [look for look in layer.appearance.looks if look.on != "paper"]
    if not looks:
        return
    if layer.of_points:
        yield f".corridor-reader .{layer.id} {{ transform-box: fill-box; transform-origin: center; }}\n"
    for look in looks:
        if said := "; ".join(_declared(look, widens=not layer.of_points and not look.steady)):
            yield f".corridor-reader {_classes(layer, look)} {{ {said}; }}\n"
    if layer.of_points:
        yield from _point_rules(layer)
    elif layer.appearance.filled:
        yield f".corridor-reader .{layer.id}.is-lit {{ fill: var(--lit); fill-opacity: 0.12; }}\n"


def _point_rules(layer: Layer) -> Iterator[str]:
    if layer.id != RANKED:
        yield f".corridor-reader {_zooms(SMALL)} .{layer.id}:not(.is-lit) {{ transform: scale(0.6); }}\n"
        speck = "transform: scale(0.3); fill: var(--soft-text); stroke: none;"
        yield f".corridor-reader {_zooms(SPECKS)} .{layer.id}:not(.is-lit) {{ {speck} }}\n"
    lit = "fill: var(--lit); stroke: var(--text); stroke-width: 2px; stroke-dasharray: none; transform: scale(1.15);"
    yield f".corridor-reader .{layer.id}.is-lit {{ {lit} }}\n"


def _zooms(zooms: Iterable[int]) -> str:
    named = ", ".join(f'[data-zoom="{zoom}"]' for zoom in zooms)
    return f".map:is({named})"


def _classes(layer: Layer, look: FeatureLook) -> str:
    names = look.of.split()
    # A kind is named after its layer; any other class may stand on features of several layers.
    own = any(name.startswith(f"{layer.id}--") for name in names)
    return "".join(f".{name}" for name in (names if own else [layer.id, *names]))


def _declared(look: FeatureLook, *, widens: bool) -> Iterator[str]:
    """Yield what one look says, as CSS."""
    if look.hatched:
        yield 'fill: url("#corridor-hatch")'
    elif look.fill:
        yield f"fill: {'transparent' if look.fill == 'clear' else _ink(look.fill)}"
    if look.stroke:
        yield f"stroke: {_ink(look.stroke)}"
    if look.opacity is not None:
        yield f"stroke-opacity: {look.opacity:g}"
    if look.width is not None:
        yield f"stroke-width: {f'calc({look.width:g}px + var(--line-plus))' if widens else f'{look.width:g}px'}"
    if look.dash is not None:
        yield f"stroke-dasharray: {' '.join(f'{part:g}' for part in look.dash) or 'none'}"
    if look.scale is not None:
        yield f"transform: scale({look.scale:g})"


def _ink(name: str) -> str:
    return name if name == "none" else f"var(--{name.replace('_', '-')})"
