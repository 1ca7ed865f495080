// Every feature as a list, so that all of the map, and what is not on it, is reached without pointing or dragging.

import { element } from "../shared/element.js";

/** `open(id)` shows a feature's card and frames it. Within a group the arrow keys move; only one entry is a tab stop. */
export function featureList(groups, listed, cards, open) {
  const lists = [...groups.flatMap(({ switches }) => switches), ...listed].filter(({ features }) => features.length);
  return element("div", { class: "feature-list" }, lists.map((entry) => group(entry, cards, open)));
}

function group({ title, features }, cards, open) {
  const titled = features.map((id) => ({ id, title: cards[id]?.title ?? id }));
  titled.sort((a, b) => a.title.localeCompare(b.title, "en"));
  const buttons = titled.map(({ id, title: words }, index) =>
    element("button", { type: "button", class: "feature-entry", tabindex: index === 0 ? "0" : "-1", "data-entry": id, on: { click: () => open(id) } }, words));
  const list = element("ul", { "aria-label": title, on: { keydown: (event) => move(event, buttons) } }, buttons.map((node) => element("li", {}, node)));
  return element("details", {}, element("summary", {}, title, element("span", { class: "soft" }, ` ${features.length}`)), list);
}

function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  const next = buttons[goals[event.key]];
  if (at < 0 || !next) return;
  event.preventDefault();
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
