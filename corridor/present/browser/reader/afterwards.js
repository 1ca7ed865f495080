// Puts off what need not be seen at once until the light on land and text has been painted.

const PATIENCE_MS = 150; // however many inputs follow one another, work begins this soon

/** One piece of work per name: a newer one takes the place of an older one that has not begun. */
export class Afterwards {
  constructor() {
    this.waiting = new Map();
    this.asked = null;
  }

  /** Do `work` in a task of its own after the second frame from now. */
  put(name, work) {
    this.waiting.set(name, work);
    // Each new input is owed its own two frames, so that quick ones in a row do not wait for each other's cards.
    this.since ??= performance.now();
    if (performance.now() - this.since > PATIENCE_MS) return;
    this.stop();
    this.asked = requestAnimationFrame(() => {
      this.asked = requestAnimationFrame(() => {
        this.task = setTimeout(() => this.flush());
      });
    });
  }

  /** Do now what still waits. */
  flush() {
    this.stop();
    this.since = null;
    const due = [...this.waiting.values()];
    this.waiting.clear();
    for (const work of due) work();
  }

  stop() {
    cancelAnimationFrame(this.asked);
    clearTimeout(this.task);
  }
}
