// A line under edits: its parts, every edit with its opposite, and how far back and forth one can go.

/** An edit replaces `gone` vertices of part `part` from `first` on by `put`; a position is [lon, lat] or [lon, lat, height]. */
export class EditedLine {
  /** `fewest`: vertices a part must keep; a line that is being drawn begins with none. */
  constructor(parts, fewest) {
    this.parts = parts.map((part) => part.map((position) => [...position]));
    this.fewest = fewest;
    this.done = [];
    this.undone = [];
  }

  get count() {
    return this.parts.reduce((sum, part) => sum + part.length, 0);
  }

  /** Whether every part has the two vertices a line needs. */
  get whole() {
    return this.parts.every((part) => part.length >= 2);
  }

  /** Whether it differs from what was opened, as far as can be undone. */
  get changed() {
    return this.done.length > 0;
  }

  /** Whether an edit would leave a line. */
  allows({ part, gone, put }) {
    return this.parts[part].length - gone + put.length >= this.fewest;
  }

  /** Do an edit without taking note of it for undo; returns its opposite. */
  apply({ part, first, gone, put }) {
    const taken = this.parts[part].splice(first, gone, ...put);
    return { part, first, gone: put.length, put: taken };
  }

  /** Do an edit that can be undone. */
  edit(edit) {
    this.note(edit, this.apply(edit));
  }

  /** Take note of an edit that was done in steps, such as a drag. */
  note(edit, opposite) {
    this.done.push({ edit, opposite });
    this.undone.length = 0;
  }

  /** Undo the last edit; returns the edit that did so, or null. */
  undo() {
    return this.#turn(this.done, this.undone, "opposite");
  }

  /** Do again what was undone last; returns the edit, or null. */
  redo() {
    return this.#turn(this.undone, this.done, "edit");
  }

  #turn(from, to, which) {
    const step = from.pop();
    if (!step) return null;
    this.apply(step[which]);
    to.push(step);
    return step[which];
  }
}

/** An edit that moves one vertex; a height that was measured at the old place does not come along. */
export function move(part, index, [lon, lat]) {
  return { part, first: index, gone: 1, put: [[lon, lat]] };
}

/** An edit that adds a vertex before the one at `index`. */
export function add(part, index, [lon, lat]) {
  return { part, first: index, gone: 0, put: [[lon, lat]] };
}

/** An edit that removes a vertex. */
export function remove(part, index) {
  return { part, first: index, gone: 1, put: [] };
}

/** A position with the decimals a hand's movement can mean: six, about 0.1 m. */
export function rounded({ lng, lat }) {
  return [Number(lng.toFixed(6)), Number(lat.toFixed(6))];
}
