// One visit to the reader: puts text, map and panels together and decides what a choice in one does to the others.

import { Afterwards } from "./afterwards.js";
import { CardPanel } from "./card.js";
import { copyText } from "./clipboard.js";
import { scaleControl, coordinates, zoomControls } from "../shared/controls.js";
import { Drawn } from "../shared/drawn.js";
import { element } from "../shared/element.js";
import { buildFrame, followFoot } from "./frame.js";
import { keepOnLand } from "../shared/land_edge.js";
import { hatching } from "../shared/legend.js";
import { Labels } from "../shared/labels.js";
import { Lighting, same } from "./lighting.js";
import { Notices } from "./notices.js";
import { Outline } from "../shared/outline.js";
import { OwnRoutes, withOwn } from "../shared/own_routes.js";
import { takeAway } from "../shared/page_map.js";
import { watchPointer } from "./pointer.js";
import { Pointing } from "./pointing.js";
import { Reporting } from "./reporting.js";
import { phraseIn } from "./address.js";
import { inset } from "../shared/inset.js";
import { Dock, Text, explain } from "./text.js";
import { Tools } from "./tools.js";
import { calm } from "../shared/theme.js";
import { View } from "./view.js";

const NARROW = 800; // px of window, as in the style sheets
const SETTLE_MS = 140; // a pointer that only passes over a feature does not scroll the text

export class Session {
  constructor(root, data, shipped, drawMap, tell, signal) {
    const own = data.own ?? [];
    const payload = withOwn(shipped, own);
    Object.assign(this, { root, data, payload });
    this.parts = buildFrame(root);
    root.prepend(hatching());
    this.unfollow = followFoot(root, this.parts.foot);
    this.notices = new Notices();
    this.afterwards = new Afterwards();
    const { map, layers } = drawMap(this.parts.map.id);
    this.map = map;
    this.#settleMap(map);
    keepOnLand(map, layers, payload.home);
    this.drawn = new Drawn(map, layers, payload.layers);
    if (own.length) new OwnRoutes(map, this.drawn).show(own);
    if (data.layers) this.drawn.switchTo(data.layers);
    this.view = new View(map, this.parts.stage, payload.home);
    const act = {
      point: (subject) => this.lighting.point(subject),
      pin: (subject) => this.pin(subject),
      open: (id) => this.open(id),
      copy: (text, what) => this.copy(text, what),
      close: () => this.pin(null),
      frame: (id) => this.view.frame(this.#boundsOf(id)),
      busy: () => this.tools.measuring,
      isOn: (id) => this.drawn.isOn(id),
    };
    this.text = new Text(payload, act);
    this.dock = new Dock(payload, act);
    this.card = new CardPanel(payload, act);
    this.lighting = new Lighting(payload, this.drawn, new Outline(map, this.drawn), this.text, this.afterwards);
    this.lighting.watch((subject, { pinned }) => this.#follow(subject, pinned));
    this.parts.column.append(this.text.root, this.dock.root);
    this.parts.right.append(this.card.root);
    this.tools = new Tools(this, act);
    this.#dressMap(act);
    this.view.home(false);
    this.labels = new Labels(map, this.drawn, payload.labels, () => this.view.covered());
    this.reporting = new Reporting(() => this.state(), tell, { clause: data.clause, feature: data.feature, layers: data.layers, view: data.view });
    this.#begin(data);
    watchPointer(signal);
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.watch = new ResizeObserver(() => this.view.resized());
    this.watch.observe(this.parts.map);
    map.on("moveend", () => this.reporting.changed());
    this.parts.map.setAttribute("data-ready", "true");
  }

  #settleMap(map) {
    map.options.zoomSnap = 0.25;
    map.getContainer().setAttribute("data-ready", "false");
    if (calm()) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
    if (calm()) map._zoomAnimated = false; // Leaflet reads the option only when the map is made
    const tell = () => {
      map.getContainer().dataset.zoom = String(Math.floor(map.getZoom()));
    };
    map.on("zoomend", tell);
    tell();
    if (this.data.tiles) L.tileLayer(this.data.tiles.template, { attribution: this.data.tiles.attribution }).addTo(map);
  }

  #dressMap(act) {
    const { stage, left, right, bottom } = this.parts;
    left.prepend(zoomControls(this.map, this.root, () => this.view.home()));
    this.inset = inset(this.map, this.drawn, this.payload.labels, this.payload.inset, (bounds) => this.view.frame(bounds));
    left.append(this.inset.root);
    this.scale = scaleControl(this.map);
    bottom.append(coordinates(this.map), this.scale);
    if (this.data.tiles) bottom.prepend(element("div", { class: "attribution" }, this.data.tiles.attribution));
    stage.append(this.notices.lasting, this.notices.brief);
    this.pointing = new Pointing(this.map, this.drawn, this.payload.cards, act);
  }

  // What the address asked for, once; afterwards the browser's own state leads.
  #begin(data) {
    this.notices.show(data.notices ?? []);
    const phrase = phraseIn(window.location.search);
    const known = phrase !== null && Object.hasOwn(this.payload.anchors, phrase);
    if (phrase !== null && !known) this.notices.show([...(data.notices ?? []), "The address asks for a phrase that is not known here. It is left out."]);
    const subject = known
      ? { kind: "anchor", id: phrase }
      : data.feature ? { kind: "feature", id: data.feature } : data.clause ? { kind: "clause", id: data.clause } : null;
    if (subject) this.pin(subject, { frame: !data.view });
    this.afterwards.flush(); // the map is called ready once all of this is shown
    if (data.view) this.view.set(data.view);
    this.tools.sync();
  }

  update(data) {
    this.data = data;
    this.notices.show(data.notices ?? []);
    this.tools.update(data);
  }

  /** Pin a subject (a phrase pinned again, or null, unpins); phrases and clauses frame what they light. */
  pin(subject, { frame = subject?.kind !== "feature", focus = false } = {}) {
    const again = subject !== null && subject.kind !== "feature" && same(subject, this.lighting.pinned);
    const next = again ? null : subject;
    this.lighting.pin(next);
    this.text.showPinned(next);
    this.afterwards.put("pin", () => this.#followPin(next, frame, focus));
  }

  // What a pin brings besides the light: all of it asks for layout or builds much, so it waits for the light's frames.
  #followPin(next, frame, focus) {
    const cardId = next?.kind === "feature" ? next.id : this.#documentOf(next);
    this.#showCard(cardId, focus);
    this.root.classList.toggle("has-card", !this.card.root.hidden);
    if (next) {
      this.text.bringIntoView(this.lighting.lit.clauses, calm());
      if (frame) this.view.frame(next.kind === "feature" ? this.#boundsOf(next.id) : this.drawn.bounds(this.lighting.lit.features));
      this.#announce(next);
    }
    this.labels?.soon();
    this.reporting?.changed();
  }

  // A card that took the focus gives it back where it came from.
  #showCard(id, focus) {
    const within = this.card.root.contains(document.activeElement);
    if (focus && !within) this.cameFrom = document.activeElement;
    if (id !== null && this.card.show(id)) {
      if (window.innerWidth <= NARROW) this.tools?.closePanel(false); // one sheet at a time
      if (focus) this.card.focus();
      return;
    }
    this.card.hide();
    if (within) (this.cameFrom?.checkVisibility() ? this.cameFrom : this.parts.map).focus();
  }

  /** Open the card of anything by its id, framed, with the focus on the card. */
  open(id) {
    if (!this.payload.cards[id]) return;
    this.pin({ kind: "feature", id }, { frame: true, focus: true });
  }

  async copy(text, what) {
    const copied = await copyText(text);
    this.notices.say(copied ? `Copied: ${what}` : "The browser does not allow copying here.");
  }

  /** What the address and the server are told. */
  state() {
    const pinned = this.lighting.pinned;
    const on = this.drawn.switchedOn();
    const atStart = this.payload.layers.flatMap(({ switches }) => switches).filter((entry) => entry.on).map(({ id }) => id);
    return {
      clause: pinned?.kind === "clause" ? pinned.id : pinned?.kind === "anchor" ? this.payload.anchors[pinned.id].clause : null,
      phrase: pinned?.kind === "anchor" ? pinned.id : null,
      feature: pinned?.kind === "feature" ? pinned.id : null,
      layers: on.join() === atStart.join() ? null : on,
      view: this.view.now(),
    };
  }

  /** Layers came or went: light again, place labels again. */
  layersChanged() {
    this.lighting.reassert();
    this.inset.draw();
    this.labels.soon();
    this.tools.sync();
    this.reporting.changed();
  }

  // A phrase that points to a document opens its card when pinned.
  #documentOf(subject) {
    if (subject?.kind !== "anchor") return null;
    return this.payload.anchors[subject.id].targets.find((id) => /^(instrument|event)\//.test(id) && this.payload.cards[id]) ?? null;
  }

  #boundsOf(id) {
    return this.drawn.bounds(this.payload.cards[id]?.lights ?? []) ?? this.drawn.bounds([id]) ?? this.payload.cards[id]?.bounds ?? null;
  }

  #follow(subject, pinned) {
    const shown = subject ?? this.lighting.pinned;
    this.afterwards.put("dock", () => this.dock.show(shown, pinned || same(shown, this.lighting.pinned)));
    clearTimeout(this.settling);
    if (subject?.kind !== "feature" || pinned) return;
    this.settling = setTimeout(() => this.text.bringIntoView(this.lighting.lit.clauses, calm()), SETTLE_MS);
  }

  #announce(subject) {
    const words = subject.kind === "anchor" ? explain(this.payload.anchors[subject.id]) : this.payload.cards[subject.id]?.title;
    if (words) this.tools.announce(words);
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || this.root.querySelector("dialog[open]")) return;
    if (this.tools.closePanel()) return;
    const origin = this.root.contains(document.activeElement) || document.activeElement === document.body;
    if (origin && this.lighting.subject) this.pin(null);
  }

  takeDown() {
    clearTimeout(this.settling);
    this.afterwards.stop();
    this.watch.disconnect();
    this.unfollow();
    this.reporting.stop();
    takeAway(this.map);
  }
}
