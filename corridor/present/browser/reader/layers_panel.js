// The switches of the map's layers in their groups, each with a button that frames its layer.

import { button, element, freshId } from "../shared/element.js";

/** `act`: {toggle(switchId, on), frame(bounds, title)}; returns {root, sync()}. */
export function layersPanel(groups, drawn, act) {
  const boxes = new Map();
  const row = (entry) => {
    const id = freshId("switch");
    const note = entry.note
      ? element("details", { class: "soft small switch-note" }, element("summary", {}, "How accurate"), element("p", {}, entry.note))
      : null;
    const box = element("input", {
      type: "checkbox",
      id,
      checked: entry.on,
      "data-switch": entry.id,
      on: { change: (event) => act.toggle(entry.id, event.target.checked) },
    });
    boxes.set(entry.id, box);
    return element(
      "div",
      { class: "switch" },
      box,
      element("label", { for: id }, entry.title),
      entry.bounds
        ? button(`Zoom to ${entry.title}`, { icon: "frame", bare: true, class: "quiet", press: () => act.frame(entry.bounds, entry.title) })
        : null,
      note,
    );
  };
  const root = element(
    "div",
    { class: "layers" },
    groups.map(({ group, switches }) => element("fieldset", {}, element("legend", {}, group), switches.map(row))),
  );
  const sync = () => {
    for (const [id, box] of boxes) box.checked = drawn.switches.get(id).on;
  };
  return { root, sync };
}
