// The lettering of each class of label: size, weight, slant, spacing. Sizes in px at 1440; `sizeOf` enlarges for a projector.

const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Armenian", "DejaVu Sans", sans-serif';

// Capital letters that English casing would spell otherwise than the name's own language.
const CAPITALS = { "Türkiye": "TÜRKİYE" };

const LETTERING = {
  state: { size: 14, weight: 500, spacing: 3.2, capitals: true },
  autonomous: { size: 9.5, weight: 500, spacing: 0.9, capitals: true },
  province: { size: 10.5, weight: 400, spacing: 1.2, capitals: true },
  town: { size: 13, weight: 500 },
  village: { size: 11.5, weight: 400 },
  station: { size: 11.5, weight: 400, slant: "italic" },
  water: { size: 12.5, weight: 400, slant: "italic" },
  crossing: { size: 11, weight: 400 },
  waypoint: { size: 11.5, weight: 500 },
  own: { size: 12.5, weight: 600 },
};

/** How a class of label is set at `enlarged` times the ordinary size; `close` takes most of the space between letters. */
export function lettering(name, enlarged = 1, close = false) {
  const { size, weight, spacing: wide = 0, slant = "normal", capitals = false } = LETTERING[name] ?? LETTERING.village;
  const spacing = close ? wide / 3 : wide;
  return { size: size * enlarged, weight, spacing: spacing * enlarged, slant, capitals, family: FAMILY };
}

export function spelt(text, style) {
  return style.capitals ? CAPITALS[text] ?? text.toLocaleUpperCase("en") : text;
}

let pen = null;

/** Width in px of a line of text in a lettering. */
export function widthOf(text, style) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${style.slant} ${style.weight} ${style.size}px ${style.family}`;
  return pen.measureText(text).width + style.spacing * Array.from(text).length;
}

/** The attributes of an SVG text element in a lettering; they travel with the drawing when it is saved. */
export function textAttributes(style) {
  return {
    "font-family": style.family,
    "font-size": style.size,
    "font-weight": style.weight,
    "font-style": style.slant,
    "letter-spacing": style.spacing || null,
  };
}
