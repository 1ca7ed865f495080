"""The words that go with a static map: its sources, its scale, what it does not claim, and itself told in words."""

from collections.abc import Sequence

from corridor.present.cartography.drawing import Text, Type
from corridor.present.cartography.projection import PARALLELS, Box
from corridor.present.cartography.view import View
from corridor.present.style import Palette
from corridor.present.typography.typefaces import CAPITAL, width, wrapped, writable
from corridor.present.words import disclaimer

#: Points at ordinary size: the words under a map, and the step from line to line.
SIZE, STEP = 5.6, 7.0


def sources_line(view: View) -> str:
    """Return the attributions of the layers a map shows, each once, in the order of the catalogue, the relief last.

    The lines an office added among what is shown follow with their sources.
    """
    shown = {identity.partition("/")[0] for identity in view.plain}
    shipped = view.land.shipped
    layers = [*(layer for name, layer in shipped.layers.items() if name in shown), shipped.relief.raster]
    credits = (part for layer in layers for part in layer.attribution.split("; "))
    return " · ".join(dict.fromkeys([*credits, *shipped.office_lines(view.plain)]))


def projection_line(scale: float, inset: float | None) -> str:
    """Return how the land is laid flat and at what scale it is printed."""
    south, north = PARALLELS
    beside = f", inset 1:{_round(inset):,}" if inset else ""
    return (
        f"Lambert conformal conic projection, standard parallels {south}° and {north}° N; 1:{_round(scale):,}{beside} "
        "when printed at this size. Lines that run together are drawn side by side."
    )


def _round(scale: float) -> int:
    return int(float(f"{scale:.3g}"))


def foot(view: View, sources: str, inset: float | None, handling: str) -> list[tuple[str, bool]]:
    """Return the paragraphs under a map, and whether each is set bold: handling, sources, scale, disclaimer."""
    said = [(f"Sources: {sources}.", False), (projection_line(view.frame.scale, inset), False), (disclaimer(), False)]
    return [*([(handling, True)] if handling else []), *said]


def foot_items(
    paragraphs: Sequence[tuple[str, bool]], room: Box, size: float, inks: Palette
) -> tuple[list[Text], float]:
    """Return paragraphs set from the top of a room, and how high they are."""
    items: list[Text] = []
    base = room.top + CAPITAL * SIZE * size
    for words, bold in paragraphs:
        kind = Type(SIZE * size, inks.text if bold else inks.soft_text, 600 if bold else 400)
        for line in wrapped(writable(words), room.width, kind.size, kind.weight):
            items.append(Text("foot", line, room.left, base, width(line, kind.size, kind.weight), kind))
            base += STEP * size
    return items, len(items) * STEP * size


def alt_text(view: View) -> str:
    """Return what a map shows in words, for whoever cannot see it: as it was described, and how far it reaches."""
    west, south, east, north = view.frame.degrees()
    reaches = f"The map reaches from {west:.1f}° to {east:.1f}° E and from {south:.1f}° to {north:.1f}° N."
    return writable(f"{view.request.description.rstrip('.')}. {reaches}")
