// The vertices of a line as a table with fields: all that can be done on the map, by keyboard alone.

import { button, element, freshId } from "../shared/element.js";

const PAGE = 20; // rows

export class EditTable {
  /** `tell` has: moved(part, index, [lon, lat]), added(part, index), removed(part, index), choose(part, index). */
  constructor(line, tell) {
    Object.assign(this, { line, tell });
    this.page = 0;
    this.body = element("tbody", {});
    this.problem = element("p", { class: "problem", role: "alert" });
    this.where = element("span", { role: "status" });
    this.earlier = button("Earlier", { press: () => this.#turn(this.page - 1) });
    this.later = button("Later", { press: () => this.#turn(this.page + 1) });
    const field = freshId("vertex");
    this.number = element("input", { id: field, type: "text", inputmode: "numeric", autocomplete: "off", class: "edit-go" });
    this.root = element("details", { class: "edit-table" },
      element("summary", {}, "Vertices as a table"),
      element("p", { class: "soft" }, "Degrees on WGS84, longitude first. A changed value counts when you leave its field or press Enter."),
      this.problem,
      element("table", {},
        element("caption", { class: "unseen" }, "Vertices of the line"),
        element("thead", {}, element("tr", {}, ["Vertex", "Longitude", "Latitude", "Change the line"].map((words) => element("th", { scope: "col" }, words)))),
        this.body),
      element("div", { class: "edit-pages" }, this.earlier, this.later, this.where,
        element("form", { on: { submit: (event) => this.#go(event) } }, element("label", { for: field }, "Go to vertex"), this.number, element("button", { type: "submit" }, "Go"))));
    this.root.addEventListener("toggle", () => this.draw());
  }

  #spots() {
    return this.line.parts.flatMap((part, number) => part.map((_, index) => ({ part: number, index })));
  }

  /** Draw the page anew, keeping the focus on the same field. */
  draw() {
    if (!this.root.open) return;
    const spots = this.#spots();
    const last = Math.max(0, Math.ceil(spots.length / PAGE) - 1);
    this.page = Math.min(Math.max(0, this.page), last);
    const kept = this.body.contains(document.activeElement) ? document.activeElement.dataset.field : null;
    const from = this.page * PAGE;
    this.body.replaceChildren(...spots.slice(from, from + PAGE).map((spot) => this.#row(spot)));
    if (kept) (this.body.querySelector(`[data-field="${kept}"]`) ?? this.body.querySelector("tr:last-child input"))?.focus({ preventScroll: true });
    this.earlier.disabled = this.page === 0;
    this.later.disabled = this.page === last;
    this.where.textContent = spots.length ? `Vertices ${from + 1} to ${Math.min(from + PAGE, spots.length)} of ${spots.length.toLocaleString("en")}` : "No vertex yet";
  }

  /** Turn to the page of a vertex. */
  showVertex(part, index) {
    this.page = Math.floor(this.#spots().findIndex((spot) => spot.part === part && spot.index === index) / PAGE);
    this.draw();
  }

  #row({ part, index }) {
    const name = this.line.parts.length > 1 ? `${part + 1}.${index + 1}` : String(index + 1);
    const [lon, lat] = this.line.parts[part][index];
    const input = (words, value, axis) => element("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", value, "aria-label": `${words} of vertex ${name}`, "data-field": `${name}-${axis}`,
      on: { change: (event) => this.#changed(part, index, axis, event.target), focus: () => this.tell.choose(part, index) },
    });
    return element("tr", { "data-row": name },
      element("th", { scope: "row" }, name),
      element("td", {}, input("Longitude", lon, 0)),
      element("td", {}, input("Latitude", lat, 1)),
      element("td", { class: "edit-row-tools" },
        button("Add after", { "aria-label": `Add a vertex after vertex ${name}`, "data-field": `${name}-add`, press: () => this.tell.added(part, index) }),
        button("Remove", { "aria-label": `Remove vertex ${name}`, "data-field": `${name}-remove`, press: () => this.tell.removed(part, index) })));
  }

  #changed(part, index, axis, input) {
    const [words, most] = [["longitude", 180], ["latitude", 90]][axis];
    const typed = input.value.trim();
    const value = Number(typed);
    const good = /^[+-]?\d+(\.\d+)?$/.test(typed) && Math.abs(value) <= most;
    input.setAttribute("aria-invalid", String(!good));
    this.problem.textContent = good ? "" : `“${typed.slice(0, 40)}” is no ${words}: a number of degrees between -${most} and ${most} was expected, such as ${axis ? "38.8698" : "46.5335"}. The vertex stays where it was.`;
    if (!good) return;
    const position = this.line.parts[part][index].slice(0, 2);
    if (position[axis] === value) return;
    position[axis] = value;
    this.tell.moved(part, index, position);
  }

  #turn(page) {
    this.page = page;
    this.draw();
  }

  #go(event) {
    event.preventDefault();
    const typed = this.number.value.trim();
    const wanted = /^\d+$/.test(typed) ? Number(typed) : 0;
    const count = this.line.count;
    this.problem.textContent = wanted >= 1 && wanted <= count ? "" : `“${typed.slice(0, 40)}” is no vertex of this line; it has 1 to ${count.toLocaleString("en")}.`;
    if (this.problem.textContent) return;
    this.#turn(Math.floor((wanted - 1) / PAGE));
    this.body.querySelectorAll("tr")[(wanted - 1) % PAGE]?.querySelector("input").focus();
  }
}
