// Finds each label a place of its own: by rank, the first position that covers nothing, or none at all.

const GAP = 2; // px kept free between two labels, and between a label and the dot of another
const CELL = 8; // px; the grid on which lines are remembered

/** Whether two boxes {x, y, w, h} overlap, with `gap` px between them counted in. */
export function overlap(a, b, gap = 0) {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}

/** The box of so many px a side about a point. */
export function square({ x, y }, side) {
  return { x: x - side / 2, y: y - side / 2, w: side, h: side };
}

/** The eight places of a label about a point, best first: right, left, then above and below, then the corners. */
export function around(point, size, radius) {
  const [r, d] = [radius + 3, (radius + 2) * 0.75];
  const { w, h } = size;
  const at = (x, y) => ({ x: point.x + x, y: point.y + y, w, h });
  return [
    at(r, -h / 2), at(-r - w, -h / 2), at(-w / 2, -r - h + 2), at(-w / 2, r - 2),
    at(d, -d - h + 3), at(d, d - 3), at(-d - w, -d - h + 3), at(-d - w, d - 3),
  ];
}

/** Remembers where lines run, so that a label can prefer clear ground. */
export class Ground {
  constructor() {
    this.cells = new Set();
  }

  addLine(points) {
    for (let i = 1; i < points.length; i += 1) {
      const [a, b] = [points[i - 1], points[i]];
      const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / CELL));
      for (let step = 0; step <= steps; step += 1) this.#mark(a.x + ((b.x - a.x) * step) / steps, a.y + ((b.y - a.y) * step) / steps);
    }
  }

  #mark(x, y) {
    this.cells.add(`${Math.floor(x / CELL)},${Math.floor(y / CELL)}`);
  }

  /** How many remembered cells a box covers. */
  under(box) {
    let count = 0;
    for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.w) / CELL); x += 1) {
      for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.h) / CELL); y += 1) {
        if (this.cells.has(`${x},${y}`)) count += 1;
      }
    }
    return count;
  }
}

/**
 * Places labels greedily, lowest rank first (ties by id, so that the result is always the same).
 * items: {id, rank, boxes: [candidate boxes, best first, each with its `cost` or that of its turn], dot: {x, y, w, h} | null}
 * blocked: boxes no label may touch. Returns Map id -> index of the chosen box; what finds no place is left out.
 */
export function place(items, { ground = new Ground(), blocked = [] } = {}) {
  const chosen = new Map();
  const taken = [];
  const dots = items.filter(({ dot }) => dot);
  const inOrder = [...items].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  for (const item of inOrder) {
    let best = null;
    item.boxes.forEach((box, index) => {
      if (blocked.some((other) => overlap(box, other)) || taken.some((other) => overlap(box, other, GAP))) return;
      // A label may not hide the dot of one that matters more; to hide a lesser dot costs more than any direction.
      const hidden = dots.filter((other) => other.id !== item.id && overlap(box, other.dot, GAP));
      if (hidden.some((other) => other.rank <= item.rank)) return;
      const cost = (box.cost ?? index * 0.6) + ground.under(box) * 0.9 + hidden.length * 15;
      if (best === null || cost < best.cost) best = { index, cost, box };
    });
    if (best === null) continue;
    chosen.set(item.id, best.index);
    taken.push(best.box);
  }
  return chosen;
}

/** A name broken into `lines` parts of as equal length as its words allow. */
export function broken(text, lines) {
  const words = text.split(" ");
  if (lines <= 1 || words.length < lines) return [text];
  const target = text.length / lines;
  const parts = [];
  let part = "";
  words.forEach((word, index) => {
    const joined = part ? `${part} ${word}` : word;
    const left = words.length - index;
    const full = part && joined.length - target > target - part.length;
    if (part && parts.length < lines - 1 && (full || left <= lines - 1 - parts.length)) {
      parts.push(part);
      part = word;
    } else part = joined;
  });
  return [...parts, part];
}
