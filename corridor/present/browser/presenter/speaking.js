// The second window, for who speaks: notes, what comes next, how long it has taken; it steps with the audience's window.

import { button, element } from "../shared/element.js";
import { Course } from "../shared/course.js";
import { Keys } from "../shared/keys.js";
import { showOnly } from "../shared/parts.js";
import { smallPrint } from "../shared/small_print.js";

export class Speaking {
  constructor(root, story) {
    Object.assign(this, { root, story });
    this.gone = new AbortController();
    this.begun = Date.now();
    this.before = 0; // ms counted before the last pause
    this.#build();
    this.course = new Course(story, () => this.#show());
    const last = story.scenes.length - 1;
    this.keys = new Keys(
      { step: (by) => this.course.step(by), first: () => this.course.goTo(0), last: () => this.course.goTo(last), blank: () => this.course.toggleBlank(), explore: () => {}, list: () => {}, escape: () => {} },
      this.gone.signal,
    );
    this.clock = setInterval(() => this.#tick(), 500);
    this.#show();
    this.#tick();
    root.setAttribute("data-ready", "true");
  }

  #build() {
    this.title = element("h1", {});
    this.notes = element("section", { class: "speaker-notes", "aria-label": "Notes", tabindex: "0" });
    this.now = element("section", { class: "speaker-now words", "aria-label": "On the screen", tabindex: "0" });
    this.next = element("section", { class: "speaker-next words", "aria-label": "Next", tabindex: "0" });
    this.time = element("output", { class: "speaker-time", "aria-label": "Time since the start" });
    this.day = element("span", { class: "speaker-clock" });
    this.pause = button("Pause", { press: () => this.#pause() });
    this.blank = button("Blank", { press: () => this.course.toggleBlank() });
    this.small = element("div", { class: "speaker-small" });
    this.root.replaceChildren(
      element(
        "div",
        { class: "speaker" },
        element("header", {}, this.title, element("div", { class: "speaker-times" }, this.time, this.pause, button("From zero", { press: () => this.#fromZero() }), this.day)),
        this.notes,
        this.now,
        this.next,
        element("footer", { class: "speaker-tools" }, button("Back", { press: () => this.course.step(-1) }), button("Next", { class: "solid", press: () => this.course.step(1) }), this.blank, this.small),
      ),
    );
  }

  #show() {
    const { scene, next, part, cuts } = this.course;
    this.title.textContent = `${scene.number} / ${scene.of}  ${scene.title}`;
    // Every text in these was escaped when the server set it (corridor/present/story/html.py).
    this.notes.innerHTML = `<h2>Notes</h2>${scene.notes}`;
    const shown = (heading, { html, small = "" }, at = -1) => {
      const of = cuts.length > 1 && cuts[at] ? `: part ${at + 1} of ${cuts.length}` : "";
      return `<p class="soft">${heading}${of}</p>${html}${small}`;
    };
    this.now.innerHTML = shown("On the screen", scene, part);
    if (cuts[part]) showOnly(this.now, cuts[part]);
    const following = cuts[part + 1];
    if (following) {
      this.next.innerHTML = shown("Next", { html: scene.html }, part + 1);
      showOnly(this.next, following);
    } else this.next.innerHTML = next ? shown("Next", { html: next.html }) : '<p class="soft">This is the last scene.</p>';
    this.now.scrollTop = 0;
    this.next.scrollTop = 0;
    this.small.replaceChildren(smallPrint(this.story, scene.as_of));
    this.blank.setAttribute("aria-pressed", this.course.blank ? "true" : "false");
  }

  get counted() {
    return this.before + (this.begun === null ? 0 : Date.now() - this.begun);
  }

  #pause() {
    if (this.begun === null) this.begun = Date.now();
    else {
      this.before = this.counted;
      this.begun = null;
    }
    this.pause.querySelector("span").textContent = this.begun === null ? "Go on" : "Pause";
  }

  #fromZero() {
    this.before = 0;
    if (this.begun !== null) this.begun = Date.now();
    this.#tick();
  }

  #tick() {
    const seconds = Math.floor(this.counted / 1000);
    this.time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.day.textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }

  takeDown() {
    this.gone.abort();
    clearInterval(this.clock);
    this.course.close();
  }
}
