// Text and land, linked both ways: words light what they name; land says its name and where the story shows it.

import { button, element } from "../shared/element.js";

const REACH = 6; // px from which a thin line counts as pointed at

export class Linking {
  /**
   * `map` is the SceneMap, `sections` the scenes' elements, `scenes` what their maps show, `names` labels by feature id;
   * in `line` the land says its name, and `go(at)` leads to a scene.
   */
  constructor(map, sections, scenes, names, line, go) {
    Object.assign(this, { map, sections, scenes, names, line, go });
    this.at = 0;
    for (const [at, section] of sections.entries()) {
      for (const word of section.querySelectorAll(".to-land")) this.#words(word, () => [word.dataset.names], at);
      for (const mark of section.querySelectorAll(".scene-quote mark")) {
        mark.tabIndex = 0;
        mark.setAttribute("role", "button");
        this.#words(mark, () => this.scenes[at].map?.lit ?? [], at);
      }
    }
    map.node.addEventListener("pointermove", (event) => this.#over(event));
    map.node.addEventListener("pointerleave", () => this.#land(null));
    map.map.on("click", (event) => this.#press(event));
  }

  /** Another scene is read. */
  follow(at) {
    this.at = at;
    this.pinned = null;
    this.#say(null);
  }

  #words(node, features, at) {
    const light = () => at === this.at && this.map.point(features());
    const dim = () => this.map.point([]);
    node.addEventListener("pointerenter", light);
    node.addEventListener("focus", light);
    node.addEventListener("pointerleave", dim);
    node.addEventListener("blur", dim);
    node.addEventListener("click", () => {
      if (at !== this.at) this.go(at);
      this.map.point(features());
      const bounds = this.map.drawn.bounds(features());
      if (bounds) this.map.map.fitBounds(bounds, { padding: [60, 60], maxZoom: this.map.map.getMaxZoom() });
    });
  }

  #over(event) {
    const direct = event.target.closest?.("[data-feature]")?.getAttribute("data-feature");
    const point = this.map.map.mouseEventToContainerPoint(event);
    this.#land(this.map.drawn.near(point, REACH) ?? direct ?? null);
  }

  #land(id) {
    if (id === this.over) return;
    this.over = id;
    for (const word of this.sections[this.at].querySelectorAll(".to-land")) word.classList.toggle("is-lit", word.dataset.names === id);
    const lit = this.scenes[this.at].map?.lit ?? [];
    for (const mark of this.sections[this.at].querySelectorAll(".scene-quote mark")) mark.classList.toggle("is-lit", lit.includes(id));
    if (!this.pinned) this.#say(id);
  }

  #press(event) {
    const id = this.over ?? this.map.drawn.near(event.containerPoint, REACH);
    this.pinned = id && id !== this.pinned ? id : null;
    this.#say(this.pinned ?? this.over);
    this.map.point(this.pinned ? [this.pinned] : []);
  }

  // The name of what is pointed at, and the scenes that stress or name it.
  #say(id) {
    const name = this.names[id];
    this.line.replaceChildren();
    if (!name) return;
    const scenes = this.scenes.filter(({ map }) => map && (map.lit.includes(id) || map.shown.includes(id) || map.own.some((line) => line.id === id)));
    this.line.append(element("b", {}, name));
    if (!scenes.length) return;
    this.line.append(scenes.length === 1 ? " · in scene " : " · in scenes ");
    for (const scene of scenes) this.line.append(button(String(scene.number), { class: "quiet", "aria-label": `Scene ${scene.number}: ${scene.title}`, press: () => this.go(this.scenes.indexOf(scene)) }));
  }
}
