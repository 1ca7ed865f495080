// The numbers and answers of a line while it is edited; every word comes from the server and becomes a text node.

import { element } from "../reader_component/element.js";

export class EditPanel {
  /** `rests`: the sentence on what the numbers rest on. */
  constructor(rests) {
    this.rests = rests;
    this.rest = element("details", { class: "edit-rest" }, element("summary", {}, "For information: counts and lengths"), element("dl", {}));
    this.rest.addEventListener("toggle", () => this.#fillRest());
    this.body = element("div", {});
    this.root = element("section", { class: "edit-panel", "aria-label": "Numbers and answers of the line as it stands", "data-testid": "edit-panel" }, this.body, this.rest);
    this.clear("The line is being measured …");
  }

  clear(words) {
    this.body.replaceChildren(element("p", { class: "soft" }, words));
    this.rest.hidden = true;
  }

  show(panel) {
    this.panel = panel;
    this.rest.hidden = false;
    const { length, territories, crossings, crossings_before: before } = panel;
    this.body.replaceChildren(
      element("p", { class: "edit-length" }, element("strong", {}, length.km), change(length.change)),
      element("table", { class: "edit-territories" },
        element("caption", {}, "Length by territory"),
        element("thead", {}, element("tr", {}, ...["Territory", "Length", "As exactly as known", ...(before === null ? [] : ["Change"])].map((words) => element("th", { scope: "col" }, words)))),
        element("tbody", {}, territories.map((row) => element("tr", {},
          element("th", { scope: "row" }, row.label), element("td", {}, row.km), element("td", { class: "soft" }, row.range), before === null ? null : element("td", {}, row.change))))),
      element("h3", {}, `Border crossings: ${crossings.length}`, before === null ? null : element("span", { class: "soft" }, ` (before: ${before})`)),
      crossings.length
        ? element("ol", { class: "edit-crossings" }, crossings.map((one) => element("li", {}, one.words, element("span", { class: "soft edit-border" }, `${one.border}, ${one.accuracy}`))))
        : element("p", { class: "soft" }, "The line as drawn crosses no border."),
      element("h3", {}, panel.heading),
      element("ul", { class: "edit-answers" }, panel.answers.map(answer)),
      element("p", { class: "soft edit-rests" }, `${panel.accuracy} ${this.rests}`),
    );
    this.#fillRest();
  }

  #fillRest() {
    if (!this.rest.open || !this.panel) return;
    this.rest.querySelector("dl").replaceChildren(...this.panel.rest.map((one) => element("div", {},
      element("dt", {}, `${one.id} ${one.question} `, element("span", { class: "soft" }, `${one.clause} · ${one.words}`)), element("dd", {}, one.because))));
  }
}

function answer({ id, clause, question, sign, words, because }) {
  return element("li", { "data-answer": id },
    element("p", { class: "soft" }, `${id} · ${clause}`),
    element("p", {}, question),
    element("p", { class: "edit-answer" }, element("span", { "aria-hidden": "true" }, `${sign} `), element("strong", {}, words)),
    element("p", { class: "edit-because" }, because));
}

function change(words) {
  return words ? element("span", { class: "edit-change" }, words) : null;
}
