// Decides what is lit: what a phrase, a clause or a feature speaks of, while pointed at and while pinned.

/**
 * A subject is {kind: "anchor" | "clause" | "feature", id}. Pointing at one lights it at once; leaving it
 * returns to what is pinned. Only differences touch the page: one class per element.
 */
export class Lighting {
  constructor(payload, drawn, outline, text, afterwards) {
    this.afterwards = afterwards;
    this.payload = payload;
    this.drawn = drawn;
    this.outline = outline;
    this.text = text;
    this.pinned = null;
    this.pointed = null;
    this.lit = { features: new Set(), anchors: new Set(), clauses: new Set() };
    this.watchers = [];
  }

  /** `watcher(subject, {pinned})` is told after the page has been lit. */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  point(subject) {
    if (same(subject, this.pointed)) return;
    this.pointed = subject;
    this.#apply();
  }

  pin(subject) {
    this.pinned = subject;
    this.pointed = null;
    this.#apply(true);
  }

  get subject() {
    return this.pointed ?? this.pinned;
  }

  /** Light again what should be lit, after layers came or went. */
  reassert() {
    for (const id of this.lit.features) {
      this.outline.hide(id);
      this.outline.show(id);
    }
  }

  /** What a subject lights: {features, anchors, clauses} as sets of ids. */
  reach(subject) {
    const lit = { features: new Set(), anchors: new Set(), clauses: new Set() };
    if (!subject) return lit;
    const { anchors, cards, document } = this.payload;
    if (subject.kind === "anchor") {
      const anchor = anchors[subject.id];
      lit.anchors.add(subject.id);
      lit.clauses.add(anchor.clause);
      for (const id of anchor.lights) lit.features.add(id);
    } else if (subject.kind === "clause") {
      lit.clauses.add(subject.id);
      const clause = document.clauses.find(({ id }) => id === subject.id);
      for (const run of clause?.runs ?? []) for (const id of anchors[run.anchor]?.lights ?? []) lit.features.add(id);
    } else {
      const card = cards[subject.id];
      for (const id of card?.lights ?? []) lit.features.add(id);
      if (this.drawn.has(subject.id)) lit.features.add(subject.id);
      for (const entry of card?.clauses ?? []) {
        lit.clauses.add(entry.clause);
        for (const id of entry.anchors) lit.anchors.add(id);
      }
    }
    return lit;
  }

  // `anew` also lights what should be lit already, in case something else took the class away.
  #apply(anew = false) {
    const subject = this.subject;
    const next = this.reach(subject);
    change(this.lit.features, next.features, anew, (id, on) => {
      this.drawn.mark(id, "is-lit", on);
      // The outline that goes around a whole State takes longer to paint than its fill, so it follows.
      if (this.drawn.isFilled(id)) return;
      if (on) this.outline.show(id);
      else this.outline.hide(id);
    });
    this.afterwards.put("outline", () => this.outline.settle((id) => this.drawn.isFilled(id), this.lit.features));
    change(this.lit.anchors, next.anchors, anew, (id, on) => this.text.anchors.get(id)?.classList.toggle("is-lit", on));
    change(this.lit.clauses, next.clauses, anew, (id, on) => this.text.clauses.get(id)?.classList.toggle("is-lit", on));
    this.lit = next;
    for (const watcher of this.watchers) watcher(subject, { pinned: subject !== null && subject === this.pinned });
  }
}

/** Whether two subjects are one. */
export function same(a, b) {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.id === b.id);
}

function change(before, after, anew, apply) {
  for (const id of before) if (!after.has(id)) apply(id, false);
  for (const id of after) if (anew || !before.has(id)) apply(id, true);
}
