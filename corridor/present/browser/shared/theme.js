// Whether the page around is light or dark, and whether its reader asked for little motion.

/** "dark" or "light", by the page's own background; what Streamlit says of its theme counts before what is painted. */
export function themeOf(node) {
  const stated = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const painted = getComputedStyle(document.querySelector('[data-testid="stApp"]') ?? document.body).backgroundColor;
  const parts = channels(stated) ?? channels(painted);
  if (!parts) return "light";
  const [red, green, blue] = parts;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}

function channels(colour) {
  const hex = colour.match(/^#([0-9a-f]{6}|[0-9a-f]{3})$/i)?.[1];
  if (hex) return (hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g)).map((part) => parseInt(part, 16));
  const parts = colour.match(/^rgba?\(([^)]+)\)$/)?.[1].split(/[\s,/]+/).map(Number);
  return parts && parts[3] !== 0 ? parts.slice(0, 3) : null; // a transparent background says nothing
}

/** Whether movement should be left out. */
export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
