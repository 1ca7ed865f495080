// The controls on the map: zoom, home, full screen, scale bar, and the coordinates under the pointer.

import { button, element } from "./element.js";
import { kilometres, scaleBar } from "./scale.js";

const WIDEST = 120; // px

/** Zoom in and out, home, full screen of `whole` (text and map together). */
export function zoomControls(map, whole, home) {
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen?.());
  const parts = [
    button("Zoom in", { icon: "plus", bare: true, press: () => map.zoomIn(1) }),
    button("Zoom out", { icon: "minus", bare: true, press: () => map.zoomOut(1) }),
    button("Whole region", { icon: "home", bare: true, class: "home", press: home }),
  ];
  if (document.fullscreenEnabled) parts.push(button("Full screen, text and map", { icon: "expand", bare: true, class: "full", press: full }));
  return element("div", { class: "zoom panel", role: "group", "aria-label": "Zoom" }, parts);
}

/** The scale bar, redrawn after each movement. */
export function scaleControl(map) {
  const words = element("span", {});
  const bar = element("div", { class: "scale", role: "img" }, words);
  const draw = () => {
    const { km, px } = scaleBar(map, WIDEST);
    if (!km) return;
    words.textContent = kilometres(km);
    bar.style.width = `${Math.round(px)}px`;
    bar.setAttribute("aria-label", `Scale: this bar is ${kilometres(km)} long`);
  };
  map.on("moveend zoomend resize", draw);
  draw();
  return bar;
}

/** Latitude and longitude under the pointer, in decimal degrees; empty while the pointer is elsewhere. */
export function coordinates(map) {
  const words = element("div", { class: "coordinates", "aria-hidden": "true" });
  map.on("mousemove", ({ latlng }) => {
    words.textContent = `lat ${latlng.lat.toFixed(4)}, lon ${latlng.lng.toFixed(4)}`;
  });
  map.on("mouseout", () => {
    words.textContent = "";
  });
  return words;
}
