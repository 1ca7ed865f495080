// What stands under every scene: who may read it, how old the facts are, the dates of its numbers, the disclaimer.

import { element } from "./element.js";

/** A paragraph for a story {handling, age, disclaimer} and the words for the `dates` of what is shown. */
export function smallPrint({ handling, age, disclaimer }, dates) {
  return element(
    "p",
    {},
    handling ? element("b", { class: "handling" }, handling) : null,
    element("b", { class: "age" }, age),
    " ",
    element("span", { class: "dates" }, dates),
    " ",
    disclaimer,
  );
}
