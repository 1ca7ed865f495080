"""How a drawing is written as SVG: the same bytes every time, its texts as text, nothing fetched and nothing run."""

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

import numpy as np

from corridor.present.cartography.drawing import Area, Dot, Drawing, Item, Look, Picture, Points, Stroke, Text
from corridor.present.typography.typefaces import face_runs

#: Positions are written in hundredths of a point, 3.5 thousandths of a millimetre.
HUNDREDTHS = 100
HALO_OPACITY = "0.85"


def svg(drawing: Drawing, *, any_typeface: bool = False) -> str:
    """Return the drawing as an SVG document.

    It names its typefaces, and whoever shows it has them. In `any_typeface`, whichever a browser has, every text keeps
    its width.
    """
    width, height = _decimal(drawing.width), _decimal(drawing.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" style="font-variant-ligatures:none" role="img" '
        f'aria-label="{escape(drawing.alt)}">'
    )
    groups = (
        f'<g data-layer="{escape(layer)}" fill="none" stroke-linejoin="round">'
        f"{''.join(_item(item, any_typeface) for item in items)}</g>"
        for layer, items in groupby(drawing.items, lambda item: item.layer)
    )
    return "\n".join([head, *groups, "</svg>", ""])


def _item(item: Item, any_typeface: bool) -> str:
    named = f' data-feature="{escape(" ".join(item.features))}"' if item.features else ""
    match item:
        case Text():
            return _text(item, named, any_typeface)
        case Dot(shape="circle"):
            place = f'cx="{_decimal(item.x)}" cy="{_decimal(item.y)}" r="{_decimal(item.radius)}"'
            return f"<circle {place}{_look(item.look)}{named}/>"
        case Dot():
            return f'<path d="{_path(item.corners, closed=True)}"{_look(item.look)}{named}/>'
        case Area():
            course = "".join(_path(ring, closed=True) for ring in item.rings)
            return f'<path d="{course}" fill-rule="evenodd"{_look(item.look)}{named}/>'
        case Stroke():
            return f'<path d="{"".join(map(_path, item.parts))}"{_look(item.look)}{named}/>'
        case Picture():
            place = f'x="{_decimal(item.left)}" y="{_decimal(item.top)}"'
            size = f'width="{_decimal(item.width)}" height="{_decimal(item.height)}" preserveAspectRatio="none"'
            return f'<image {place} {size} href="data:image/png;base64,{b64encode(item.png).decode()}"{named}/>'


def _look(look: Look) -> str:
    fill = f' fill="{look.fill}"' if look.fill else ""
    if not look.stroke:
        return fill
    dash = f' stroke-dasharray="{" ".join(_decimal(part) for part in look.dash)}"' if look.dash else ""
    return f'{fill} stroke="{look.stroke}" stroke-width="{_decimal(look.width)}"{dash}'


def _text(item: Text, named: str, any_typeface: bool) -> str:
    kind = item.type
    style = f'font-size="{_decimal(kind.size)}" fill="{kind.colour}"'
    if kind.weight != 400:
        style += f' font-weight="{kind.weight}"'
    if kind.spacing and not item.glyphs:
        style += f' letter-spacing="{_decimal(kind.spacing)}"'
    if kind.halo:
        style += (
            f' stroke="{kind.halo}" stroke-width="{_decimal(2 * kind.halo_width)}" stroke-opacity="{HALO_OPACITY}"'
            ' paint-order="stroke"'
        )
    if item.glyphs:
        xs, ys, turns = zip(*item.glyphs, strict=True)
        place = f'x="{_list(xs)}" y="{_list(ys)}" rotate="{_list(turns)}"'
    else:
        place = f'x="{_decimal(item.x)}" y="{_decimal(item.y)}"'
        if item.angle:
            place += f' transform="rotate({_decimal(item.angle)} {_decimal(item.x)} {_decimal(item.y)})"'
    if any_typeface:
        fitted = f'textLength="{_decimal(item.width)}" lengthAdjust="spacingAndGlyphs" font-family="sans-serif"'
        return f"<text {place} {style} {fitted}{named}>{escape(item.text)}</text>"
    pieces = "".join(
        f'<tspan font-family="{face.family}"{" font-style=" + chr(34) + "italic" + chr(34) if face.italic else ""}>'
        f"{escape(signs)}</tspan>"
        for face, signs in face_runs(item.text, kind.weight, kind.italic)
    )
    return f"<text {place} {style}{named}>{pieces}</text>"


def _list(values: tuple[float, ...]) -> str:
    return " ".join(map(_decimal, values))


def _decimal(value: float) -> str:
    return _hundredths(round(value * HUNDREDTHS))


@lru_cache(maxsize=20_000)
def _hundredths(count: int) -> str:
    """Return a number of hundredths as a decimal number without idle zeros: 1234 is "12.34", -50 is "-.5"."""
    whole, rest = divmod(abs(count), HUNDREDTHS)
    sign = "-" if count < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest:02d}".rstrip("0")


def _path(points: Points, *, closed: bool = False) -> str:
    """Return a run as path commands, each corner as the step from the one before; steps of nothing are left out."""
    grid = np.round(points * HUNDREDTHS).astype(int)
    steps = np.diff(grid, axis=0)
    moves = steps[(steps != 0).any(axis=1)].tolist()
    if closed and moves and (grid[0] == grid[-1]).all():
        moves.pop()
    x, y = grid[0].tolist()
    way = f"l{''.join(_steps(moves))}" if moves else ""
    return f"M{_hundredths(x)} {_hundredths(y)}{way}{'z' if closed else ''}"


def _steps(steps: list[list[int]]) -> Iterator[str]:
    first = True
    for x, y in steps:
        across, down = _hundredths(x), _hundredths(y)
        yield across if first or across.startswith("-") else f" {across}"
        yield down if down.startswith("-") else f" {down}"
        first = False
