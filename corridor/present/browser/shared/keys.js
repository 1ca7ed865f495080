// The keys of a clicker and of a keyboard; they can be switched off, for who speaks to the computer.

const STORED = "corridor-presenter-keys";
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** What the keys do, for the list that tells of them. */
export const TOLD = [
  ["Right, Page down, Space", "next part or scene"],
  ["Left, Page up", "part or scene before"],
  ["Home, End", "first and last scene"],
  ["B", "blank the screen"],
  ["E", "explore the map, and back"],
  ["L", "list of scenes"],
  ["Esc", "close what is open, then leave"],
];

export class Keys {
  /** `act`: {step(by), first(), last(), blank(), explore(), list(), escape()}. */
  constructor(act, signal) {
    this.act = act;
    this.on = read() !== "off";
    window.addEventListener("keydown", (event) => this.#press(event), { capture: true, signal });
  }

  /** Switch single keys on or off, here and the next time; Esc always works. */
  set(on) {
    this.on = on;
    try {
      window.localStorage.setItem(STORED, on ? "on" : "off");
    } catch {
      // A browser that keeps nothing forgets the choice with the window.
    }
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const done = event.key === "Escape" ? this.#escape() : this.on && this.#act(event);
    if (!done) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #escape() {
    this.act.escape();
    return true;
  }

  #act(event) {
    const { key, target } = event;
    const within = target.closest?.("button, a, summary, input, select, textarea, [role=slider]");
    if (within && (key === " " || key === "Enter")) return false;
    if (target.closest?.("input, select, textarea")) return false;
    // On the map that is explored, arrows move the map.
    if (target.closest?.(".is-exploring .map") && key.startsWith("Arrow")) return false;
    if (key in STEPS) this.act.step(STEPS[key]);
    else if (key === " ") this.act.step(event.shiftKey ? -1 : 1);
    else if (key === "Home") this.act.first();
    else if (key === "End") this.act.last();
    else if (key === "b" || key === "B" || key === ".") this.act.blank();
    else if (key === "e" || key === "E") this.act.explore();
    else if (key === "l" || key === "L") this.act.list();
    else return false;
    return true;
  }
}

function read() {
  try {
    return window.localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
