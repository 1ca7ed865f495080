// Finds anything by any of its names, in any script: a combobox with a list (ARIA Authoring Practices).

import { element, freshId, sign } from "../shared/element.js";
import { find } from "../shared/folding.js";

export class Search {
  /** `choose(id)` opens what was found. */
  constructor(entries, choose) {
    this.entries = entries;
    this.choose = choose;
    this.hits = [];
    this.active = -1;
    const listId = freshId("found");
    this.input = element("input", {
      type: "text",
      class: "search-input",
      role: "combobox",
      placeholder: "Find a place, in any spelling",
      "aria-label": "Find a place, crossing, route or document by any of its names",
      "aria-expanded": "false",
      "aria-controls": listId,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
      on: {
        input: () => this.#search(),
        focus: () => this.input.value && this.#search(),
        blur: () => this.#close(),
        keydown: (event) => this.#key(event),
      },
    });
    this.list = element("ul", { id: listId, class: "search-list", role: "listbox", "aria-label": "Found", hidden: true });
    this.count = element("div", { class: "unseen", role: "status" });
    this.root = element("div", { class: "search" }, sign("find"), this.input, this.list, this.count);
  }

  #search() {
    this.hits = find(this.entries, this.input.value);
    this.active = -1;
    const typed = this.input.value.trim() !== "";
    this.list.replaceChildren(...this.hits.map((hit, index) => this.#option(hit, index)));
    if (typed && !this.hits.length) this.list.append(element("li", { class: "search-none", role: "option", "aria-disabled": "true" }, "No name like this in the layers and documents"));
    this.count.textContent = typed ? `${this.hits.length} found` : "";
    this.#open(typed);
  }

  #option({ entry, form }, index) {
    const other = form.text !== entry.label;
    return element(
      "li",
      {
        id: `${this.list.id}-${index}`,
        role: "option",
        "aria-selected": "false",
        on: {
          // The field keeps the focus, so its blur does not close the list before the click arrives.
          pointerdown: (event) => event.preventDefault(),
          click: () => this.#take(index),
        },
      },
      element("span", { class: "found-label" }, entry.label),
      element("span", { class: "soft found-kind" }, entry.kind),
      other
        ? element("span", { class: "found-form" }, element("bdi", {}, form.text), form.language_name ? ` ${form.language_name}` : "", form.contested ? element("span", { class: "tag" }, "contested") : null)
        : null,
      form.note ? element("span", { class: "soft found-note" }, form.note) : null,
    );
  }

  #key(event) {
    const last = this.hits.length - 1;
    const steps = { ArrowDown: this.active >= last ? 0 : this.active + 1, ArrowUp: this.active <= 0 ? last : this.active - 1 };
    if (event.key in steps && last >= 0) {
      event.preventDefault();
      if (this.list.hidden) this.#open(true);
      this.#activate(steps[event.key]);
    } else if (event.key === "Enter" && last >= 0) {
      event.preventDefault();
      this.#take(Math.max(this.active, 0));
    } else if (event.key === "Escape" && (this.input.value || !this.list.hidden)) {
      event.stopPropagation();
      if (this.list.hidden) this.input.value = "";
      this.#close();
    }
  }

  #activate(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.list.children[index];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #take(index) {
    const { entry } = this.hits[index];
    this.input.value = entry.label;
    this.#close();
    this.choose(entry.id);
  }

  #open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.#open(false);
  }
}
