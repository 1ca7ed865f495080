// Turns pointing and clicking on the map into subjects; thin lines and small dots can be hit from a few pixels off.

import { element } from "../shared/element.js";
import { hasStirred, moved } from "./pointer.js";

const REACH = { mouse: 4, touch: 14 }; // px

export class Pointing {
  /** `act`: {point, pin, busy()}; while busy (measuring) the map does not light or pin. */
  constructor(map, drawn, cards, act) {
    Object.assign(this, { map, drawn, cards, act });
    this.over = null;
    this.name = element("div", { class: "pointer-name", hidden: true, "aria-hidden": "true" });
    map.getContainer().append(this.name);
    const container = map.getContainer();
    container.addEventListener("pointerover", (event) => event.pointerType !== "touch" && moved(event) && this.#look(event, 0));
    container.addEventListener("pointermove", (event) => event.pointerType !== "touch" && hasStirred() && this.#move(event));
    container.addEventListener("pointerleave", () => this.#set(null));
    map.on("movestart zoomstart", () => this.#set(null));
    map.on("click", (event) => this.#click(event));
  }

  #move(event) {
    if (this.over) this.#follow(event);
    this.pending = event;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#look(this.pending, REACH.mouse);
    });
  }

  // What lies directly under the pointer answers at once; the search for something thin nearby waits for the frame.
  #look(event, reach) {
    if (this.act.busy()) return this.#set(null);
    const direct = event.target.closest?.("[data-feature]")?.getAttribute("data-feature") ?? null;
    const id = reach === 0 ? direct : this.#closer(direct, this.map.mouseEventToContainerPoint(event), reach);
    if (reach === 0 && id === null) return undefined;
    if (reach === 0 && this.over && this.drawn.isGround(id)) return undefined;
    this.#set(id);
    return this.over && this.#follow(event);
  }

  #closer(direct, point, reach) {
    if (direct !== null && !this.drawn.isGround(direct)) return direct;
    return this.drawn.near(point, reach) ?? direct;
  }

  #set(id) {
    if (id === this.over) return;
    this.over = id;
    this.act.point(id === null ? null : { kind: "feature", id });
    this.name.hidden = id === null;
    if (id !== null) this.name.textContent = this.cards[id]?.title ?? id;
  }

  #follow(event) {
    const point = this.map.mouseEventToContainerPoint(event);
    const width = this.name.offsetWidth;
    const x = point.x + 16 + width > this.map.getSize().x ? point.x - width - 10 : point.x + 14;
    this.name.style.transform = `translate(${Math.round(x)}px, ${Math.round(point.y + 14)}px)`;
  }

  #click(event) {
    if (this.act.busy()) return;
    const direct = event.originalEvent.target.closest?.("[data-feature]")?.getAttribute("data-feature") ?? null;
    const reach = event.originalEvent.pointerType === "touch" ? REACH.touch : REACH.mouse;
    const id = this.#closer(direct, event.containerPoint, reach);
    this.act.pin(id === null ? null : { kind: "feature", id });
  }
}
