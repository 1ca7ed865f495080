// The two dialogs: what the Declaration does not name, and saving the map as a picture.

import { button, element, freshId } from "../shared/element.js";

function dialog(title, ...content) {
  const heading = freshId("dialog");
  const node = element(
    "dialog",
    { class: "dialog", "aria-labelledby": heading },
    element(
      "div",
      { class: "dialog-head" },
      element("h2", { id: heading }, title),
      button("Close", { icon: "close", bare: true, class: "quiet", press: () => node.close() }),
    ),
    ...content,
  );
  // A click on the dark around the dialog is a click on the dialog itself.
  node.addEventListener("click", (event) => event.target === node && node.close());
  return node;
}

/** The note on what the text is silent about, with the long disclaimer. */
export function noteDialog({ note, long_disclaimer: long, sources_line: sources }) {
  return dialog(
    note.title,
    element("p", {}, note.text),
    element("h3", {}, "About this map"),
    element("p", { class: "small" }, long),
    element("p", { class: "soft small" }, sources),
  );
}

/** Asks for a handling line, then calls `save(format, handling)`. */
export function exportDialog(save) {
  const handling = field("Handling line (optional)", "Draft");
  const prepared = field("Prepared by (optional)", "Name, office");
  const line = () => [handling.input.value.trim(), prepared.input.value.trim() && `Prepared by ${prepared.input.value.trim()}`].filter(Boolean).join(" · ");
  const problem = element("p", { class: "problem", role: "alert" });
  const press = async (format) => {
    problem.textContent = "";
    try {
      await save(format, line());
      node.close();
    } catch (reason) {
      problem.textContent = `The picture could not be made: ${reason.message}`;
    }
  };
  const node = dialog(
    "Save the map as a picture",
    element("p", { class: "small" }, "The view as it stands, with legend, scale, sources, date and disclaimer. It is made in this browser and goes nowhere else."),
    handling.row,
    prepared.row,
    problem,
    element(
      "div",
      { class: "buttons" },
      button("Save PNG", { class: "solid", press: () => press("png") }),
      button("Save SVG", { class: "solid", press: () => press("svg") }),
    ),
  );
  return node;
}

function field(words, placeholder) {
  const id = freshId("field");
  const input = element("input", { id, type: "text", maxlength: "120", placeholder, autocomplete: "off" });
  return { input, row: element("div", { class: "field" }, element("label", { for: id }, words), input) };
}
