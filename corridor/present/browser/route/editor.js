// The page on which a line is edited: map with handles, tools, live numbers, and the same as a table.

import { scaleControl, zoomControls } from "../shared/controls.js";
import { Drawn } from "../shared/drawn.js";
import { button, element, freshId } from "../shared/element.js";
import { Labels } from "../shared/labels.js";
import { keepOnLand } from "../shared/land_edge.js";
import { hatching } from "../shared/legend.js";
import { load } from "../shared/loading.js";
import { mounted, styleSheets } from "../shared/mounting.js";
import { covered, settle, takeAway } from "../shared/page_map.js";
import { themeOf } from "../shared/theme.js";
import { Exchange } from "./edit_exchange.js";
import { Handles } from "./edit_handles.js";
import { EditedLine, add, move, remove, rounded } from "./edit_line.js";
import { EditedPath } from "./edit_path.js";
import { EditPanel } from "./edit_panel.js";
import { EditTable } from "./edit_table.js";
import { EditTools } from "./edit_tools.js";

const SHEETS = ["./route_map.css", "./editor.css"].map((name) => new URL(name, import.meta.url).href);
const PADDING = [40, 40]; // px around what is framed
const CLOSEST = 13; // zoom
const SETTLED = 600; // ms after which the new length is said aloud
const NUDGE = 4; // px by which an arrow key moves a vertex
const ARROWS = { ArrowUp: [0, -NUDGE], ArrowDown: [0, NUDGE], ArrowLeft: [-NUDGE, 0], ArrowRight: [NUDGE, 0] };
const TWO_NEEDED = "A line needs two vertices; the last two cannot be removed.";

/** Called by Streamlit at each rerun with {data, parentElement, setTriggerValue}; returns what takes this mount down. */
export default mounted(".corridor-editor", begin, (shown, { setTriggerValue }) => shown.update(setTriggerValue));

async function begin(root, data) {
  root.dataset.theme = themeOf(root);
  const [{ payload, drawMap }] = await Promise.all([load(data), styleSheets(root, SHEETS)]);
  if (!root.isConnected) return null;
  const editor = new Editor(root, data, payload, drawMap);
  editor.open();
  return editor;
}

class Editor {
  constructor(root, data, payload, drawMap) {
    Object.assign(this, { root, data, payload });
    this.gone = new AbortController();
    this.drawing = !data.open.file;
    this.line = new EditedLine([[]], this.drawing ? 0 : 2);
    this.exchange = new Exchange(data.address, this.line, data.open, { heard: (panel) => this.#heard(panel), state: (state) => this.tools.state(state, this.exchange) });
    this.panel = new EditPanel(data.rests_on);
    this.table = new EditTable(this.line, {
      moved: (part, index, position) => this.#edit(move(part, index, position)),
      added: (part, index) => this.#addAfter(part, index),
      removed: (part, index) => this.#edit(remove(part, index)),
      choose: (part, index) => this.#choose({ part, index }, false),
    });
    this.tools = new EditTools(data, {
      undo: () => this.#step(this.line.undo()),
      redo: () => this.#step(this.line.redo()),
      removeChosen: () => this.#removeChosen(),
      append: (on) => this.#append(on),
      again: () => this.exchange.again(),
      keep: (name) => this.setTrigger("kept", { draft: this.exchange.draft, applied: this.exchange.known, name }),
      stop: () => this.setTrigger("stopped", true),
    });
    this.node = element("div", { class: "map", id: freshId("edit-map"), role: "group", "data-testid": "edit-map", "aria-label": data.description });
    this.stage = element("div", { class: "stage", style: `height: ${data.height}px` }, this.node);
    root.replaceChildren(hatching(), this.tools.root, element("div", { class: "edit-map-side" }, this.stage, this.tools.note, this.table.root), this.panel.root);
    this.#drawMap(drawMap);
    root.addEventListener("keydown", (event) => this.#shortcut(event), { signal: this.gone.signal });
    window.addEventListener("beforeunload", (event) => this.line.changed && event.preventDefault(), { signal: this.gone.signal });
  }

  #drawMap(drawMap) {
    const { map, layers } = drawMap(this.node.id);
    this.map = map;
    settle(map, this.node);
    keepOnLand(map, layers, this.payload.home);
    map.doubleClickZoom.disable(); // two quick vertices are no zoom
    // Leaflet gives a pressed map the focus, and the browser would scroll the handle away from under the pointer.
    this.node.focus = () => HTMLElement.prototype.focus.call(this.node, { preventScroll: true });
    this.drawn = new Drawn(map, layers, this.payload.layers);
    for (const [id] of this.drawn.switches) if (id.startsWith("route")) this.drawn.setSwitch(id, false);
    this.path = new EditedPath(map, this.line);
    this.crossings = L.layerGroup().addTo(map);
    this.stage.append(
      element("div", { class: "left-stack" }, zoomControls(map, this.stage, () => this.frame())),
      element("div", { class: "map-bottom" }, scaleControl(map)),
    );
    map.fitBounds(this.payload.home, { animate: false });
    this.handles = new Handles(map, this.line, {
      choose: (part, index) => this.#choose({ part, index }, true),
      start: (part, index) => this.#startDrag(part, index),
      moved: (part, index, at) => this.#drag(part, index, rounded(at)),
      moveEnd: (part, index) => this.#endDrag(part, index),
      added: (part, index, at) => this.#edit(add(part, index, rounded(at)), { redraw: false }),
      keyed: (event) => this.#keyed(event),
      thinned: (left) => this.tools.thinned(left),
    });
    this.labels = new Labels(map, this.drawn, this.payload.labels, () => covered(map, this.stage), () => this.handles.boxes());
    map.on("click", ({ latlng }) => this.appending && this.#appendAt(rounded(latlng)));
    this.watch = new ResizeObserver(() => map.invalidateSize({ animate: false }));
    this.watch.observe(this.node);
    const dress = () => {
      this.root.dataset.theme = themeOf(this.root);
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress, { signal: this.gone.signal });
  }

  async open() {
    if (this.drawing) {
      this.panel.clear("Press the map where the line begins, and again for every next vertex. From two on it is measured.");
      this.#append(true);
    } else {
      const opened = await this.exchange.begin();
      if (!opened || this.closed) return;
      this.line.parts = opened.parts;
      this.path.showBefore(opened.parts);
      this.#heard(opened.panel);
      this.frame();
    }
    this.#redraw();
    this.node.setAttribute("data-ready", "true");
  }

  update(setTriggerValue) {
    this.setTrigger = setTriggerValue;
    this.root.dataset.theme = themeOf(this.root);
  }

  frame() {
    this.map.invalidateSize({ animate: false });
    const bounds = L.latLngBounds(this.line.parts.flat().map(([lon, lat]) => [lat, lon]));
    const [south, west, north, east] = this.data.window;
    const seen = bounds.isValid() && L.latLngBounds([south, west], [north, east]).intersects(bounds);
    this.map.fitBounds(seen ? bounds : this.payload.home, { padding: PADDING, maxZoom: CLOSEST, animate: false });
  }

  // An edit by one step: done here, told to the server, shown.
  #edit(edit, { redraw = true } = {}) {
    if (!this.line.allows(edit)) return this.tools.say(TWO_NEEDED);
    this.line.edit(edit);
    this.#send(edit);
    if (edit.put.length === 0) this.handles.chosen = null;
    if (redraw) this.#redraw();
    else this.path.draw();
    return undefined;
  }

  #send(edit) {
    if (this.line.whole) this.exchange.push(edit);
    else {
      this.exchange.pause();
      this.panel.clear("From two vertices on the line is measured.");
      this.#showCrossings([]);
    }
    this.tools.steps(this.line);
  }

  #startDrag(part, index) {
    this.dragged = { part, index, from: [...this.line.parts[part][index]] };
    this.handles.chosen = { part, index };
    this.path.draw({ part, index });
  }

  // Only the two segments at the vertex are drawn anew with each movement: a long line takes longer than a frame.
  #drag(part, index, position) {
    this.line.apply(move(part, index, position));
    this.path.drawNear(part, index);
    this.exchange.push(move(part, index, position));
  }

  // What was dragged is one step for undo, however many movements it took.
  #endDrag(part, index) {
    const { from } = this.dragged;
    this.line.note(move(part, index, this.line.parts[part][index]), { part, first: index, gone: 1, put: [from] });
    this.tools.steps(this.line);
    this.#redraw();
    this.handles.focus();
  }

  #step(edit) {
    if (!edit) return;
    this.handles.chosen = null;
    this.#send(edit);
    this.#redraw();
  }

  #choose(chosen, focus) {
    this.handles.choose(chosen);
    this.tools.chosen(chosen);
    if (!focus) return;
    this.handles.focus();
    this.table.showVertex(chosen.part, chosen.index);
  }

  #removeChosen() {
    if (this.handles.chosen) this.#edit(remove(this.handles.chosen.part, this.handles.chosen.index));
    this.tools.chosen(this.handles.chosen);
  }

  #addAfter(part, index) {
    const positions = this.line.parts[part];
    const [lon, lat] = positions[index];
    const next = positions[index + 1];
    const before = positions[index - 1] ?? [lon - 0.02, lat];
    const at = next ? [(lon + next[0]) / 2, (lat + next[1]) / 2] : [lon + (lon - before[0]) / 2, lat + (lat - before[1]) / 2];
    this.#edit(add(part, index + 1, rounded({ lng: at[0], lat: at[1] })));
    this.table.showVertex(part, index + 1);
  }

  #append(on) {
    this.appending = on;
    this.node.classList.toggle("is-adding", on);
    this.tools.appending(on);
  }

  #appendAt(position) {
    const part = this.line.parts.length - 1;
    const index = this.line.parts[part].length;
    this.#edit(add(part, index, position));
    this.#choose({ part, index }, false);
  }

  // Keys on the chosen handle.
  #keyed(event) {
    const { part, index } = this.handles.chosen;
    if (event.key in ARROWS) {
      const [lon, lat] = this.line.parts[part][index];
      const at = this.map.latLngToContainerPoint([lat, lon]).add(ARROWS[event.key]);
      this.#edit(move(part, index, rounded(this.map.containerPointToLatLng(at))));
    } else if (event.key === "Delete" || event.key === "Backspace") this.#removeChosen();
    else if (event.key === "Escape") this.#choose(null, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest("input")) return;
    const key = event.key.toLowerCase();
    const again = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && !again) return;
    event.preventDefault();
    this.#step(again ? this.line.redo() : this.line.undo());
  }

  #redraw() {
    this.path.draw();
    this.handles.draw();
    this.labels.soon();
    this.table.draw();
    this.tools.steps(this.line);
    this.tools.chosen(this.handles.chosen);
  }

  #heard(panel) {
    this.panel.show(panel);
    this.panel.root.dataset.applied = String(this.exchange.known);
    this.#showCrossings(panel.crossings);
    clearTimeout(this.aloud);
    this.aloud = setTimeout(() => this.tools.aloud(`Length ${panel.length.km}; border crossings: ${panel.crossings.length}.`), SETTLED);
  }

  // Most movements leave them where they are, and the long line beneath would be painted anew with them.
  #showCrossings(crossings) {
    const at = crossings.map(({ lat, lon }) => [lat, lon]);
    if (this.crossingsAt === at.join()) return;
    this.crossingsAt = at.join();
    this.crossings.clearLayers();
    for (const place of at) L.circleMarker(place, { radius: 5, className: "edit-crossing", interactive: false, pane: "route" }).addTo(this.crossings);
  }

  takeDown() {
    this.closed = true;
    this.gone.abort();
    this.exchange.close();
    clearTimeout(this.aloud);
    this.watch.disconnect();
    takeAway(this.map);
  }
}
