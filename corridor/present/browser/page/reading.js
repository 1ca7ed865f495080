// Which scene is being read: the one that fills the upper part of the window; arrow keys lead to the next.

import { calm } from "../shared/theme.js";

const LINE = 0.42; // share of the window's height above which a scene counts as reached

export class Reading {
  /** `sections` are the scenes' elements in their order; `follow(at)` is called when another one is read. */
  constructor(sections, follow) {
    Object.assign(this, { sections, follow });
    this.at = -1;
    this.paused = false;
    window.addEventListener("scroll", () => this.#soon(), { passive: true });
    window.addEventListener("resize", () => this.#soon());
    window.addEventListener("keydown", (event) => this.#press(event));
    this.#look();
  }

  /** One scene on (1) or back (-1). */
  step(by) {
    this.goTo(this.at + by);
  }

  goTo(number) {
    const at = Math.min(Math.max(number, 0), this.sections.length - 1);
    const section = this.sections[at];
    // Reached at once, so that a second press goes on from there while the page still moves.
    this.aim = at;
    this.#set(at);
    section.focus({ preventScroll: true });
    section.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
    clearTimeout(this.aiming);
    this.aiming = setTimeout(() => {
      this.aim = null;
    }, 900);
  }

  /** While it is presented the page beneath does not listen. */
  pause(paused) {
    this.paused = paused;
  }

  #soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.#look();
    });
  }

  #look() {
    if (Number.isInteger(this.aim)) return;
    const line = window.innerHeight * LINE;
    const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const reached = this.sections.filter((section) => section.getBoundingClientRect().top <= line).length;
    this.#set(end && reached === this.sections.length ? this.sections.length - 1 : Math.max(0, reached - 1));
  }

  #set(at) {
    if (at === this.at) return;
    this.at = at;
    this.follow(at);
  }

  #press(event) {
    if (this.paused || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.target.closest?.("input, select, textarea, .map, .table-frame, .legend-body")) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.step(by);
  }
}
