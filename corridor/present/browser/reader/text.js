// Sets the document: numbered clauses, linked phrases with their relation, and the dock that says why a phrase lights what it does.

import { button, element, freshId } from "../shared/element.js";
import { hasStirred, moved } from "./pointer.js";

export class Text {
  /** `act`: {point(subject | null), pin(subject), copy(text, what)}. */
  constructor(payload, act) {
    this.payload = payload;
    this.act = act;
    this.anchors = new Map();
    this.clauses = new Map();
    const { title, place_date: placeDate, carried_by: carriedBy, clauses } = payload.document;
    this.root = element(
      "section",
      { class: "reader-text", "data-testid": "reader-text", tabindex: "0", "aria-label": `Text of the ${title}` },
      element(
        "header",
        { class: "text-head" },
        element("h1", {}, title),
        element("p", { class: "soft" }, placeDate),
        element("details", { class: "soft small" }, element("summary", {}, "Text as carried by the source document"), element("p", {}, carriedBy)),
      ),
      element("div", { class: "clauses" }, clauses.map((clause) => this.#clause(clause))),
    );
  }

  #clause(clause) {
    const subject = { kind: "clause", id: clause.id };
    const number = button(clause.number === null ? "§" : String(clause.number), {
      class: "clause-number",
      "aria-label": `${clause.heading}: light all it speaks of`,
      title: `${clause.heading}: light all it speaks of`,
      "aria-pressed": "false",
      press: () => this.act.pin(subject),
    });
    const copy = button(`Copy ${clause.heading.toLowerCase()} with its source`, {
      icon: "copy",
      bare: true,
      class: "quiet clause-copy",
      press: () => this.act.copy(clause.copy, clause.heading),
    });
    const part = clause.id.split("/")[1];
    const node = element(
      "div",
      { class: `clause ${/^\d+$/.test(part) ? "clause--numbered" : `clause--${part}`}`, "data-clause": clause.id },
      number,
      element("p", {}, clause.runs.map((run) => (run.anchor ? this.#anchor(run) : run.text))),
      copy,
    );
    this.clauses.set(clause.id, node);
    return node;
  }

  #anchor({ text, anchor: id }) {
    const anchor = this.payload.anchors[id];
    const subject = { kind: "anchor", id };
    const reason = element("span", { id: freshId("reason"), hidden: true }, explain(anchor));
    const press = () => this.act.pin(subject);
    const phrase = element(
      "span",
      {
        class: `phrase phrase--${anchor.relation}`,
        role: "button",
        tabindex: "0",
        "aria-pressed": "false",
        "aria-describedby": reason.id,
        "data-anchor": id,
        "data-targets": anchor.targets.join(" "),
        on: {
          pointerenter: (event) => event.pointerType !== "touch" && moved(event) && this.act.point(subject),
          pointermove: (event) => event.pointerType !== "touch" && hasStirred() && this.act.point(subject),
          pointerleave: () => this.act.point(null),
          focus: () => phrase.matches(":focus-visible") && this.act.point(subject),
          blur: () => this.act.point(null),
          click: press,
          keydown: (event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            press();
          },
        },
      },
      text,
    );
    this.anchors.set(id, phrase);
    return [phrase, reason];
  }

  /** Mark what is pinned for assistive technology. */
  showPinned(subject) {
    const toggles = { anchor: (id) => this.anchors.get(id), clause: (id) => this.clauses.get(id)?.querySelector(".clause-number") };
    this.pressed?.setAttribute("aria-pressed", "false");
    this.pressed = subject ? toggles[subject.kind]?.(subject.id) : null;
    this.pressed?.setAttribute("aria-pressed", "true");
  }

  /** Bring the first of these clauses into view, unless one of them is in view already. */
  bringIntoView(clauseIds, calm) {
    const nodes = this.payload.document.clauses.filter(({ id }) => clauseIds.has(id)).map(({ id }) => this.clauses.get(id));
    if (!nodes.length) return;
    const frame = this.root.getBoundingClientRect();
    const inView = (node) => {
      const box = node.getBoundingClientRect();
      return box.top >= frame.top && box.bottom <= Math.min(frame.bottom, window.innerHeight);
    };
    if (!nodes.some(inView)) nodes[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}

/** The relation and its reason in one line: "A reading: The text names no crossing ..." */
export function explain(anchor) {
  return [`${anchor.words}: ${anchor.reason}`, anchor.caption].filter(Boolean).join(" ");
}

/** The dock below the text: the key to the underlines, or, for the subject in hand, relation, reason and targets. */
export class Dock {
  constructor(payload, act) {
    this.payload = payload;
    this.act = act;
    this.key = element(
      "dl",
      { class: "relations" },
      payload.relations.map(({ id, words, explained }) =>
        element("div", {}, element("dt", {}, element("span", { class: `phrase phrase--${id}` }, words)), element("dd", {}, explained)),
      ),
    );
    this.body = element("div", { class: "dock-body" }, this.key);
    const unpin = button("Unpin", { icon: "close", bare: true, class: "quiet dock-close", press: () => act.pin(null) });
    this.root = element("aside", { class: "dock", "aria-label": "How the words relate to the land" }, this.body, unpin);
    this.shown = null;
  }

  show(subject, pinned) {
    this.root.classList.toggle("is-pinned", pinned && subject?.kind === "anchor");
    const id = subject?.kind === "anchor" ? subject.id : null;
    if (id === this.shown) return;
    this.shown = id;
    this.body.replaceChildren(id === null ? this.key : this.#reason(this.payload.anchors[id]));
    this.body.scrollTop = 0;
  }

  #reason(anchor) {
    const targets = anchor.targets.filter((target) => this.payload.cards[target]);
    return element(
      "div",
      {},
      element(
        "p",
        { class: "dock-words" },
        element("span", { class: `phrase phrase--${anchor.relation}` }, anchor.words),
        anchor.caption ? element("span", { class: "dock-caption" }, anchor.caption) : null,
      ),
      element("p", {}, anchor.reason),
      anchor.lights.some((target) => !this.act.isOn(target))
        ? element("p", { class: "soft" }, "Part of this is on a layer that is switched off.")
        : null,
      targets.length
        ? element("ul", { class: "chips" }, targets.map((target) =>
            element("li", {}, button(this.payload.cards[target].title, { class: "chip", press: () => this.act.open(target) }))))
        : null,
    );
  }
}
