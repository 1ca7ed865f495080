"""How far colours stand out, and how a browser writes them."""


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """How light a colour looks, 0 black to 100 white: L* of CIE 1976, which is all that is left of it in grey."""
    shown = luminance(colour)
    return 116 * shown ** (1 / 3) - 16 if shown > 0.008856 else 903.3 * shown


def rgb(colour: str) -> str:
    """A colour such as "#14161b" as a browser gives a computed one."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"
