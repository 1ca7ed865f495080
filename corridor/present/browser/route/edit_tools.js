// The tools above a line that is edited, what is to be said about it, and how it is kept.

import { button, element, freshId } from "../shared/element.js";

const EXPLAINED = "Drag a handle to move a vertex; the small handle between two adds one. Press a handle, then Delete to remove it or an arrow key to move it. The table below does all this by keyboard. Filled dots are border crossings, the dotted line is the route as it was.";

export class EditTools {
  /** `tell` has: undo(), redo(), removeChosen(), append(on), again(), keep(name), stop(). */
  constructor({ name, open }, tell) {
    this.tell = tell;
    this.undo = button("Undo", { press: () => tell.undo(), disabled: true });
    this.redo = button("Redo", { press: () => tell.redo(), disabled: true });
    this.removal = button("Remove vertex", { press: () => tell.removeChosen(), disabled: true });
    this.end = button("Add at the end", { "aria-pressed": "false", press: () => tell.append(this.end.getAttribute("aria-pressed") !== "true") });
    const field = freshId("edit-name");
    this.name = element("input", { id: field, type: "text", maxlength: "120", autocomplete: "off", value: name });
    this.keep = element("button", { type: "submit", class: "solid", disabled: true }, open.file ? "Keep as a new route" : "Keep this route");
    this.stop = button("Stop without keeping", { press: () => tell.stop() });
    this.problem = element("p", { class: "edit-problem", role: "alert", hidden: true }, element("span", {}), button("Try now", { press: () => tell.again() }));
    this.state_ = element("span", { class: "soft edit-state" });
    this.ears = element("p", { class: "unseen", role: "status" });
    this.root = element("div", { class: "edit-tools" },
      element("div", { class: "edit-buttons", role: "group", "aria-label": "Change the line" }, this.undo, this.redo, this.removal, this.end, this.state_),
      element("form", { class: "edit-keep", on: { submit: (event) => this.#kept(event) } }, element("label", { for: field }, "Name of the new route"), this.name, this.keep, this.stop),
      this.problem, this.ears);
    this.less = element("span", {});
    this.note = element("p", { class: "soft edit-note" }, EXPLAINED, this.less);
  }

  #kept(event) {
    event.preventDefault();
    if (!this.keep.disabled) this.tell.keep(this.name.value);
  }

  /** How the exchange with the server stands. */
  state({ busy, problem }, exchange) {
    this.problem.hidden = !problem;
    this.problem.firstChild.textContent = problem ? `${problem} ` : "";
    this.state_.textContent = busy ? "Measuring …" : "";
    this.settled = Boolean(exchange?.settled);
    this.#ready();
  }

  /** What can be undone and done again. */
  steps(line) {
    this.undo.disabled = line.done.length === 0;
    this.redo.disabled = line.undone.length === 0;
    this.worth = line.changed && line.whole;
    this.#ready();
  }

  #ready() {
    this.keep.disabled = !(this.worth && this.settled);
  }

  /** The vertex that is chosen, or null. */
  chosen(chosen) {
    this.removal.disabled = chosen === null;
    this.removal.querySelector("span").textContent = chosen ? `Remove vertex ${chosen.index + 1}` : "Remove vertex";
  }

  appending(on) {
    this.end.setAttribute("aria-pressed", String(on));
    this.end.querySelector("span").textContent = on ? "Adding at the end: press the map" : "Add at the end";
  }

  /** How many vertices in view have no handle. */
  thinned(left) {
    this.less.textContent = left ? ` ${left.toLocaleString("en")} more vertices lie too close together here; zoom in for their handles.` : "";
  }

  /** Say something for eyes and ears. */
  say(words) {
    this.state_.textContent = words;
    this.aloud(words);
  }

  aloud(words) {
    this.ears.textContent = words;
  }
}
