// The frame of the reader: text beside map, tools above the map, panels on it, the disclaimer below.

import { button, element, freshId } from "../shared/element.js";

const WIDE = 1000; // px of window from which the legend stands open by itself

/** Builds the frame into `root` and returns its parts. */
export function buildFrame(root) {
  const mapId = freshId("map");
  const parts = {
    column: element("div", { class: "text-column", id: freshId("text") }),
    toolbar: element("div", { class: "toolbar", role: "group", "aria-label": "Map tools" }),
    tools: element("div", { class: "tools", id: freshId("tools") }),
    map: element("div", { class: "map", id: mapId, "data-testid": "reader-map", role: "group", "aria-label": "Map of Armenia, Azerbaijan and their neighbours" }),
    left: element("div", { class: "left-stack" }),
    right: element("div", { class: "right-stack" }),
    bottom: element("div", { class: "map-bottom" }),
    foot: element("footer", { class: "foot" }),
  };
  parts.stage = element("div", { class: "stage" }, parts.map, parts.left, parts.right, parts.bottom);
  parts.side = element("div", { class: "map-side" }, parts.toolbar, parts.stage);
  root.replaceChildren(
    element(
      "div",
      { class: "skips" },
      skip("Skip to the text", parts.column, ".reader-text"),
      skip("Skip to the map tools", parts.toolbar, "input"),
      skip("Skip to the map", parts.map, null),
    ),
    parts.column,
    parts.side,
    parts.foot,
  );
  return parts;
}

function skip(words, part, within) {
  return button(words, { class: "skip", press: () => (within ? part.querySelector(within) : part)?.focus() });
}

/** Keeps the frame below Streamlit's menu, whose height depends on width and zoom. */
export function followMenu(root) {
  const menu = document.querySelector('[data-testid="stHeader"]');
  const fit = () => root.style.setProperty("--top", `${Math.max(0, Math.round(menu?.getBoundingClientRect().bottom ?? 0))}px`);
  fit();
  if (!menu) return () => {};
  const watch = new ResizeObserver(fit);
  watch.observe(menu);
  return () => watch.disconnect();
}

/** Keeps sheets from below above the foot, so that they never cover the disclaimer. */
export function followFoot(root, foot) {
  const watch = new ResizeObserver(() => root.style.setProperty("--foot", `${foot.offsetHeight}px`));
  watch.observe(foot);
  return () => watch.disconnect();
}

/**
 * A group of panels of which one at most is open, each with its button. `add(words, icon, content, stack)`
 * returns {open(), close(), isOpen()}; `changed` is called after each change.
 */
export function panelGroup(changed) {
  const all = [];
  const closeAll = (back = false) => all.forEach((panel) => panel.close(back));
  const add = (words, icon, content, stack, { opened = () => {}, closed = () => {} } = {}) => {
    const heading = freshId("panel");
    const root = element(
      "section",
      { class: "panel tool-panel", id: freshId("tool"), "aria-labelledby": heading, hidden: true },
      element("div", { class: "panel-head" }, element("h2", { id: heading }, words), button(`Close ${words.toLowerCase()}`, { icon: "close", bare: true, class: "quiet", press: () => close(true) })),
      element("div", { class: "panel-body", tabindex: "0", role: "group", "aria-labelledby": heading }, content),
    );
    const opener = button(words, { icon, class: "tool", "aria-expanded": "false", "aria-controls": root.id, press: () => (root.hidden ? open() : close(false)) });
    const open = () => {
      closeAll();
      root.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      opened();
      changed();
    };
    const close = (back = false) => {
      if (root.hidden) return;
      root.hidden = true;
      opener.setAttribute("aria-expanded", "false");
      closed();
      if (back) opener.focus();
      changed();
    };
    stack.append(root);
    const panel = { opener, root, open, close, isOpen: () => !root.hidden };
    all.push(panel);
    return panel;
  };
  return { add, closeAll, anyOpen: () => all.some((panel) => panel.isOpen()) };
}

/** The legend as a strip under the map, so that it covers nothing: open by itself on a wide window. */
export function legendStrip(content, changed) {
  const open = window.innerWidth >= WIDE && window.innerHeight >= 640;
  const body = element("div", { class: "legend-body", tabindex: "0", role: "group", "aria-label": "Legend" }, content);
  const root = element("details", { class: "legend-strip", open }, element("summary", {}, "Legend"), body);
  root.addEventListener("toggle", changed);
  return root;
}
