// Says what happened: lasting notices with a way to dismiss them, and brief ones ("Copied") that go by themselves.

import { button, element } from "../shared/element.js";

const BRIEF_MS = 3500;

export class Notices {
  constructor() {
    this.lasting = element("div", { class: "notices", role: "status" });
    this.brief = element("div", { class: "brief", role: "status", "aria-live": "polite" });
    this.dismissed = new Set();
    this.shown = new Map();
  }

  /** Show these lasting notices and no others; one that was dismissed stays away. */
  show(sentences) {
    for (const [sentence, node] of this.shown) if (!sentences.includes(sentence)) this.#drop(sentence, node);
    for (const sentence of sentences) {
      if (this.dismissed.has(sentence) || this.shown.has(sentence)) continue;
      const close = button("Dismiss this notice", {
        icon: "close",
        bare: true,
        class: "quiet",
        press: () => {
          this.dismissed.add(sentence);
          this.#drop(sentence, node);
        },
      });
      const node = element("div", { class: "notice" }, element("p", {}, sentence), close);
      this.shown.set(sentence, node);
      this.lasting.append(node);
    }
  }

  say(sentence) {
    clearTimeout(this.timer);
    this.brief.replaceChildren(element("span", {}, sentence));
    this.timer = setTimeout(() => this.brief.replaceChildren(), BRIEF_MS);
  }

  #drop(sentence, node) {
    this.shown.delete(sentence);
    node.remove();
  }
}
