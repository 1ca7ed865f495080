// What this office added, in a panel of its own and never among the shipped facts.

import { button, element } from "../shared/element.js";
import { renderBody } from "./card.js";

export function officeCards(cards, payload, act) {
  return element(
    "div",
    { class: "office" },
    cards.map((card) =>
      element(
        "article",
        { class: "office-card" },
        element("h3", {}, card.subtitle || card.title),
        payload.cards[card.id] ? button("Show what it is about", { class: "chip", press: () => act.open(card.id) }) : null,
        renderBody(card, payload, act),
        button("Copy with sources", { icon: "copy", class: "chip", press: () => act.copy(card.copy, card.title) }),
      )),
  );
}
