// The numbers and answers of a line while it is edited; every word comes from the server and becomes a text node.

import { element } from "../shared/element.js";

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
    this.shown = null;
    this.body.replaceChildren(element("p", { class: "soft" }, words));
    this.rest.hidden = true;
  }

  show(panel) {
    this.panel = panel;
    this.rest.hidden = false;
    const sections = SECTIONS.map((section) => section(panel, this.rests));
    const shown = sections.map(({ says }) => JSON.stringify(says));
    if (!this.shown) this.body.replaceChildren(...sections.map(() => element("div", {})));
    // What says the same as before stays as it is: while a vertex is dragged, most of it does.
    sections.forEach(({ draw }, number) => {
      if (this.shown?.[number] !== shown[number]) become(this.body.children[number], element("div", {}, ...draw()));
    });
    this.shown = shown;
    this.#fillRest();
  }

  #fillRest() {
    if (!this.rest.open || !this.panel) return;
    become(this.rest.querySelector("dl"), element("dl", {}, this.panel.rest.map((criterion) => element("div", {},
      element("dt", {}, `${criterion.id} ${criterion.question} `, element("span", { class: "soft" }, `${criterion.clause} · ${criterion.words}`)), element("dd", {}, criterion.because)))));
  }
}

// Make one node like another with as little change as can be: the browser lays out anew what changes, and no more.
function become(node, wanted) {
  if (node.isEqualNode(wanted)) return;
  const alike = node.nodeType === Node.ELEMENT_NODE && node.cloneNode(false).isEqualNode(wanted.cloneNode(false));
  if (!alike) node.replaceWith(wanted);
  else if (node.childNodes.length !== wanted.childNodes.length) node.replaceChildren(...wanted.childNodes);
  else {
    const next = [...wanted.childNodes];
    [...node.childNodes].forEach((child, number) => become(child, next[number]));
  }
}

// Each: what it depends on, and how that is drawn.
const SECTIONS = [
  ({ length }) => ({ says: length, draw: () => [element("p", { class: "edit-length" }, element("strong", {}, length.km), change(length.change))] }),
  ({ territories, crossings_before: before }) => ({ says: territories, draw: () => [byTerritory(territories, before !== null)] }),
  ({ crossings, crossings_before: before }) => ({
    says: crossings,
    draw: () => [
      element("h3", {}, `Border crossings: ${crossings.length}`, before === null ? null : element("span", { class: "soft" }, ` (before: ${before})`)),
      crossings.length
        ? element("ol", { class: "edit-crossings" }, crossings.map((crossing) => element("li", {}, crossing.words, element("span", { class: "soft edit-border" }, `${crossing.border}, ${crossing.accuracy}`))))
        : element("p", { class: "soft" }, "The line as drawn crosses no border."),
    ],
  }),
  ({ heading, answers }) => ({ says: answers, draw: () => [element("h3", {}, heading), element("ul", { class: "edit-answers" }, answers.map(answer))] }),
  ({ accuracy }, rests) => ({ says: accuracy, draw: () => [element("p", { class: "soft edit-rests" }, `${accuracy} ${rests}`)] }),
];

function byTerritory(rows, compared) {
  const columns = ["Territory", "Length", "Least and most", ...(compared ? ["Change"] : [])];
  return element("table", { class: "edit-territories" },
    element("caption", {}, "Length by territory"),
    element("thead", {}, element("tr", {}, columns.map((words) => element("th", { scope: "col" }, words)))),
    element("tbody", {}, rows.map((row) => element("tr", {},
      element("th", { scope: "row" }, row.label), element("td", {}, row.km), element("td", { class: "soft" }, row.range), compared ? element("td", {}, row.change) : null))));
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
