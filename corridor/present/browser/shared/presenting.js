// The window the audience sees: words beside the map, the numbers' dates and the disclaimer always under them.

import { button, element, freshId } from "./element.js";
import { hatching } from "./legend.js";
import { Course } from "./course.js";
import { Keys, TOLD } from "./keys.js";
import { Parts } from "./parts.js";
import { SceneMap } from "./scene_map.js";
import { smallPrint } from "./small_print.js";

export class Presenting {
  /**
   * `preview` shows one scene within a page: no keys, no tools, nothing kept in the address. A story that is a file of
   * its own brings the `place` where the scene is kept, and what it is to `leave`; there is no speaker's window then.
   */
  constructor(root, story, payload, drawMap, { preview = false, place, leave = null } = {}) {
    Object.assign(this, { root, story, preview, leave });
    root.classList.toggle("is-preview", preview);
    this.gone = new AbortController();
    this.land = new SceneMap(payload, drawMap);
    this.#build();
    this.parts = new Parts(this.words);
    this.land.begin();
    this.course = preview ? { scene: story.scenes[0], at: 0, part: 0, blank: false, recut() {}, close() {} } : new Course(story, () => this.#show(), () => this.parts.cuts, place);
    if (!preview) {
      this.keys = new Keys(this.#actions(), this.gone.signal);
      this.#keysTold();
    }
    this.watch = new ResizeObserver(() => this.#recut());
    this.watch.observe(this.words);
    this.#show({ jump: true });
    root.setAttribute("data-ready", "true");
    document.fonts?.ready.then(() => this.#recut());
  }

  /** Say something of the address above the scene, until it is put away. */
  notice(words) {
    this.frame.querySelector(".presenter-notice")?.remove();
    const line = element("div", { class: "presenter-notice", role: "status" }, element("p", {}, words), button("Put away", { press: () => line.remove() }));
    this.frame.append(line);
  }

  /** Another scene of a preview, or the same one changed. */
  update(story) {
    if (JSON.stringify(story) === JSON.stringify(this.story)) return;
    this.story = story;
    this.#smallPrint();
    this.course.scene = story.scenes[0];
    this.#show();
  }

  #actions() {
    return {
      step: (by) => (this.exploring ? this.#explore(false) : this.course.step(by)),
      first: () => this.course.goTo(0),
      last: () => this.course.goTo(this.story.scenes.length - 1),
      blank: () => this.course.toggleBlank(),
      explore: () => this.#explore(!this.exploring),
      list: () => this.#list(this.list.hidden),
      escape: () => this.#escape(),
    };
  }

  #build() {
    const { story } = this;
    this.words = element("div", { class: "words", "data-testid": "presenter-words", tabindex: "-1" });
    this.caption = element("p", { class: "map-caption panel" });
    this.land.stage.append(this.caption);
    this.side = element("div", { class: "land-side" }, this.land.stage);
    this.footWords = element("div", { class: "foot-words" });
    this.#smallPrint();
    this.place = element("span");
    this.part = element("span", { class: "part" });
    this.live = element("p", { class: "unseen", role: "status" });
    const heading = freshId("scenes");
    this.list = element(
      "nav",
      { class: "scene-list panel", "aria-labelledby": heading, hidden: true },
      element("h2", { id: heading }, "Scenes"),
      element("ol", {}, story.scenes.map((scene, at) => element("li", {}, button(scene.title, { class: "quiet to-scene", press: () => this.#choose(at) })))),
      element("h2", {}, "Keys"),
      element("dl", {}, TOLD.map(([keys, what]) => element("div", {}, element("dt", {}, keys), element("dd", {}, what)))),
      (this.keySwitch = button("", { class: "key-switch", press: () => this.#switchKeys() })),
    );
    const tool = (words, press) => button(words, { class: "tool", press });
    this.exploreButton = tool("Explore map", () => this.#explore(!this.exploring));
    this.tools = element(
      "div",
      { class: "presenter-tools", role: "toolbar", "aria-label": "Presentation" },
      tool("Back", () => this.course.step(-1)),
      tool("Next", () => this.course.step(1)),
      tool("Scenes and keys", () => this.#list(this.list.hidden)),
      this.exploreButton,
      tool("Blank", () => this.course.toggleBlank()),
      this.leave ? null : tool("Speaker view", () => this.#openSpeaker()),
      tool("Full screen", () => this.#fullScreen()),
      tool("Leave", () => this.#leave()),
    );
    this.blank = button("The screen is blank. Press to go on.", { class: "blank", press: () => this.course.toggleBlank() });
    this.blank.hidden = true;
    this.frame = element(
      "div",
      { class: "presentation" },
      element("h1", { class: "unseen" }, story.title),
      this.words,
      this.side,
      element(
        "footer",
        { class: "presenter-foot" },
        this.footWords,
        this.tools,
        element("span", { class: "number" }, this.place, " ", this.part),
      ),
      this.list,
      this.live,
    );
    this.root.replaceChildren(hatching(), this.frame, this.blank);
  }

  // Once with the dates of each scene, laid over each other: the foot stays as high as it ever is, and the map as large.
  #smallPrint() {
    this.dated = new Map(this.story.scenes.map(({ as_of: dates }) => [dates, smallPrint(this.story, dates)]));
    this.footWords.replaceChildren(...this.dated.values());
  }

  #show({ jump = false } = {}) {
    const { scene } = this.course;
    if (this.exploring) this.#explore(false, false);
    const changed = scene !== this.shown;
    this.shown = scene;
    this.blank.hidden = !this.course.blank;
    this.frame.inert = this.course.blank;
    this.frame.classList.toggle("has-map", scene.map !== null);
    this.frame.dataset.scene = scene.id;
    this.frame.dataset.kind = scene.kind;
    for (const [dates, words] of this.dated) words.classList.toggle("is-now", dates === scene.as_of);
    if (!changed) {
      if (this.parts.at !== this.course.part) this.parts.show(Math.min(this.course.part, this.parts.count - 1));
      this.#number();
      return;
    }
    // Every text in it was escaped when the server set it (corridor/present/story/html.py).
    this.words.innerHTML = scene.html;
    this.caption.textContent = scene.caption;
    this.exploreButton.classList.toggle("is-out", scene.map === null);
    for (const [at, entry] of [...this.list.querySelectorAll(".to-scene")].entries()) entry.setAttribute("aria-current", at === this.course.at ? "true" : "false");
    this.parts.at = this.course.part;
    this.#cut();
    if (scene.map) this.land.show(scene.map, { jump });
    this.live.textContent = `Scene ${scene.number} of ${scene.of}: ${scene.title}`;
  }

  #cut() {
    this.parts.cut();
    this.#number();
  }

  #recut() {
    this.#cut();
    this.course.recut(this.parts.at);
  }

  #number() {
    const { scene } = this.course;
    this.place.textContent = `${scene.number} / ${scene.of}`;
    this.part.textContent = this.parts.count > 1 ? `part ${this.parts.at + 1} of ${this.parts.count}` : "";
  }

  #explore(on, back = true) {
    if (on === Boolean(this.exploring) || (on && !this.shown.map)) return;
    this.exploring = on;
    this.frame.classList.toggle("is-exploring", on);
    this.exploreButton.querySelector("span").textContent = on ? "Back to the story" : "Explore map";
    this.land.explore(on);
    this.land.map.invalidateSize({ animate: false });
    if (on) this.land.node.focus({ preventScroll: true });
    else if (back) this.land.frame();
    this.live.textContent = on ? "The map can be moved; press E or Escape to go back to the story." : "Back in the story.";
  }

  #list(open) {
    if (open) this.cameFrom = document.activeElement;
    this.list.hidden = !open;
    if (open) this.list.querySelectorAll(".to-scene")[this.course.at]?.focus();
    else this.cameFrom?.focus?.();
  }

  #choose(at) {
    this.#list(false);
    this.course.goTo(at);
  }

  #escape() {
    if (this.course.blank) this.course.toggleBlank();
    else if (!this.list.hidden) this.#list(false);
    else if (this.exploring) this.#explore(false);
    else this.#leave();
  }

  #switchKeys() {
    this.keys.set(!this.keys.on);
    this.#keysTold();
  }

  #keysTold() {
    this.keySwitch.setAttribute("aria-pressed", this.keys.on ? "true" : "false");
    this.keySwitch.querySelector("span").textContent = this.keys.on ? "Keys are on; press to switch them off" : "Keys are off but for Esc; press to switch them on";
  }

  #openSpeaker() {
    const address = new URL(window.location.href);
    address.searchParams.set("speaker", "1");
    window.open(address, `corridor-speaker-${this.story.key}`, "popup,width=1000,height=720");
  }

  #fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {
      this.live.textContent = "The browser does not allow full screen here.";
    });
  }

  async #leave() {
    if (this.leave) {
      this.leave();
      return;
    }
    try {
      await fetch(new URL("/_stcore/health", window.location.origin));
    } catch {
      this.notice("The application does not answer, so there is nowhere to go back to; the story stays here.");
      return;
    }
    window.location.assign(new URL(`/briefing?story=${encodeURIComponent(this.story.key)}`, window.location.origin));
  }

  takeDown() {
    this.gone.abort();
    this.watch.disconnect();
    this.course.close();
    this.land.takeDown();
  }
}

