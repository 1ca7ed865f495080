"""The words that go with a static map: its sources, its scale, and itself told in words."""

from corridor.present.cartography.projection import PARALLELS
from corridor.present.cartography.view import View
from corridor.present.typography.typefaces import writable


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


def alt_text(view: View) -> str:
    """Return what a map shows in words, for whoever cannot see it: as it was described, and how far it reaches."""
    west, south, east, north = view.frame.degrees()
    reaches = f"The map reaches from {west:.1f}° to {east:.1f}° E and from {south:.1f}° to {north:.1f}° N."
    return writable(f"{view.request.description.rstrip('.')}. {reaches}")
