// A story as a file of its own: read down the page beside one live map, or presented scene by scene; no server at all.

import { button, element } from "../shared/element.js";
import { hatching, legend } from "../shared/legend.js";
import { SceneMap } from "../shared/scene_map.js";
import { Presenting } from "../shared/presenting.js";
import { Linking } from "./linking.js";
import { Printing } from "./printing.js";
import { Reading } from "./reading.js";

class StoryPage {
  constructor(root, { story, names, land }) {
    Object.assign(this, { root, story, names, land });
    this.#dress();
    this.sections = story.scenes.map(({ id }) => document.getElementById(`scene-${id}`));
    this.live = element("p", { class: "unseen", role: "status" });
    this.title = element("span", { class: "reading-title" });
    this.present = button("Present", { class: "solid", press: () => this.#present() });
    root.querySelector(".page-foot").append(
      element(
        "div",
        { class: "reading-tools", role: "toolbar", "aria-label": "Scenes" },
        button("Previous", { press: () => this.reading.step(-1) }),
        button("Next", { press: () => this.reading.step(1) }),
        land ? this.present : null,
        this.title,
      ),
      this.live,
    );
    if (land) this.#drawLand();
    this.reading = new Reading(this.sections, (at) => this.#read(at));
    root.setAttribute("data-ready", "true");
  }

  // Light or dark as the reader's system is; on paper always light.
  #dress() {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const dress = (paper = false) => {
      this.root.dataset.theme = dark.matches && !paper ? "dark" : "light";
      document.documentElement.dataset.theme = this.root.dataset.theme;
    };
    dark.addEventListener("change", () => dress());
    window.addEventListener("beforeprint", () => dress(true));
    window.addEventListener("afterprint", () => dress());
    dress();
  }

  #drawLand() {
    const side = this.root.querySelector(".page-land");
    this.map = new SceneMap(this.land, window.corridorMaps[this.land.key]);
    this.caption = element("p", { class: "map-caption" });
    this.pointed = element("p", { class: "pointed", "aria-live": "polite" });
    const signs = legend(this.land.legend);
    this.root.prepend(hatching());
    side.replaceChildren(
      this.map.stage,
      this.caption,
      this.pointed,
      element("details", { class: "legend-strip" }, element("summary", {}, "Legend"), element("div", { class: "legend-body" }, signs)),
    );
    this.root.querySelector(".page-around").append(element("div", { class: "printed-legend" }, element("h2", {}, "Legend of the maps"), signs.cloneNode(true)));
    this.root.classList.add("is-live");
    this.map.begin();
    this.map.map.setMaxZoom(this.land.closest);
    this.map.explore(true);
    this.map.map.scrollWheelZoom.disable(); // the page scrolls on past the map
    this.linking = new Linking(this.map, this.sections, this.story.scenes, this.names, this.pointed, (at) => this.reading.goTo(at));
    this.printing = new Printing(this.map, this.sections, this.story.scenes, () => this.#show(this.shown ?? 0, true));
  }

  // The map of the scene that is read; beside one without a map stands the land with nothing stressed.
  #show(at, jump) {
    if (!this.map) return;
    const { map, caption } = this.story.scenes[at];
    this.map.show(map ?? this.land.plain, { jump });
    this.caption.textContent = map ? caption : this.land.plain.description;
    this.linking.follow(at);
    this.shown = at;
  }

  #read(at) {
    const scene = this.story.scenes[at];
    this.title.textContent = `${scene.number} / ${scene.of}`;
    for (const [number, entry] of [...this.root.querySelectorAll(".page-scenes a")].entries()) {
      if (number === at) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
    }
    this.#show(at, this.shown === undefined);
  }

  // The same presentation as the application has, with the words that stand in the page.
  #present() {
    const scenes = this.story.scenes.map((scene, at) => ({ ...scene, html: this.sections[at].querySelector(".scene").outerHTML, small: "", notes: "" }));
    const root = element("dialog", { class: "corridor-reader corridor-map corridor-presenter", "aria-label": this.story.title, "data-theme": this.root.dataset.theme });
    root.addEventListener("cancel", (event) => event.preventDefault()); // Escape is a key of the presentation's own
    this.root.after(root);
    root.showModal();
    let shown = this.story.scenes[this.reading.at].id;
    const place = {
      read: () => shown,
      write: (id) => {
        shown = id;
      },
    };
    const leave = () => {
      show.takeDown();
      root.remove();
      this.reading.pause(false);
      this.reading.goTo(this.story.scenes.findIndex(({ id }) => id === shown));
      this.present.focus({ preventScroll: true });
    };
    this.reading.pause(true);
    const show = new Presenting(root, { ...this.story, scenes }, this.land, window.corridorMaps[this.land.key], { place, leave });
  }
}

new StoryPage(document.querySelector(".corridor-page"), JSON.parse(document.getElementById("corridor-story").textContent));
