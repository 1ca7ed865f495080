// On paper every scene has its map: the live one is shown each scene's view in turn and copied beside its words.

const ROOM = { width: 640, height: 372 }; // px of a map on A4 or Letter

export class Printing {
  /** `map` is the SceneMap, `sections` the scenes' elements, `scenes` what their maps show; `back()` restores the view. */
  constructor(map, sections, scenes, back) {
    Object.assign(this, { map, sections, scenes, back });
    window.addEventListener("beforeprint", () => this.lay());
    window.addEventListener("afterprint", () => this.clear());
  }

  /** Put a copy of its map into the figure of every scene. */
  lay() {
    this.clear();
    const { stage } = this.map;
    stage.classList.add("is-printed");
    this.#size(`${ROOM.width}px`, `${ROOM.height}px`);
    for (const [at, { map }] of this.scenes.entries()) {
      if (!map) continue;
      this.map.show(map, { jump: true });
      this.map.labels.draw();
      const copy = stage.cloneNode(true);
      for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id");
      for (const node of copy.querySelectorAll("[data-testid]")) node.removeAttribute("data-testid");
      this.sections[at].querySelector(".scene-map").prepend(copy);
    }
    stage.classList.remove("is-printed");
    this.#size("", "");
    this.back();
  }

  clear() {
    for (const section of this.sections) section.querySelector(".scene-map .stage")?.remove();
  }

  #size(width, height) {
    Object.assign(this.map.stage.style, { width, height, flex: width ? "none" : "" });
    this.map.map.invalidateSize({ animate: false });
  }
}
