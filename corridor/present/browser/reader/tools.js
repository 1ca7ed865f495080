// The tools above the map and the foot below it: search, layers, features, measuring, saving, the link, the note.

import { button, element } from "../shared/element.js";
import { exportDialog, noteDialog } from "./dialogs.js";
import { asPng, asText, compose, download } from "./export_image.js";
import { featureList } from "./feature_list.js";
import { legendStrip, panelGroup } from "./frame.js";
import { layersPanel } from "./layers_panel.js";
import { legend } from "../shared/legend.js";
import { Measure } from "./measure.js";
import { officeCards } from "./office.js";
import { scaleBar } from "../shared/scale.js";
import { Search } from "./search.js";

export class Tools {
  constructor(session, act) {
    this.session = session;
    this.act = act;
    const { payload, drawn, map, parts, root } = session;
    this.live = element("div", { class: "unseen", role: "status" });
    const relabel = () => session.labels?.soon();
    this.legend = legendStrip(legend(payload.legend), relabel);
    this.panels = panelGroup(relabel);
    this.layers = layersPanel(payload.layers, drawn, {
      toggle: (id, on) => {
        drawn.setSwitch(id, on);
        session.layersChanged();
      },
      frame: (bounds) => session.view.frame(bounds),
    });
    this.measure = new Measure(map, this.#measurable(), (words) => this.announce(words));
    const add = (...panel) => this.panels.add(...panel);
    const layers = add("Layers", "layers", this.layers.root, parts.left);
    const features = add("Features", "list", featureList(payload.layers, payload.listed, payload.cards, act.open), parts.left);
    const measure = add("Measure", "measure", this.measure.root, parts.left, { opened: () => this.measure.start(), closed: () => this.measure.stop() });
    this.office = add("Added by this office", "office", this.#officeBody(), parts.left);
    parts.side.append(this.legend);
    this.#dialogs(root);
    this.search = new Search(payload.search, (id) => act.open(id));
    parts.tools.append(
      layers.opener, features.opener, measure.opener, this.office.opener,
      button("Save map", { icon: "save", class: "tool", press: () => this.saveDialog.showModal() }),
      button("Copy link", { icon: "link", class: "tool", press: () => this.#copyLink() }),
      button("Add to briefing", { icon: "plus", class: "tool", press: () => this.#addToBriefing() }),
    );
    parts.toolbar.append(this.search.root, this.#more(parts.tools), parts.tools);
    this.age = element("b", { class: "age" }, session.data.age);
    parts.foot.append(
      element("p", {}, this.age, " ", payload.disclaimer),
      button(payload.note.title, { class: "note-button", press: () => this.noteDialog.showModal() }),
      this.live,
    );
    this.update(session.data);
  }

  get measuring() {
    return this.measure.active;
  }

  announce(words) {
    this.live.textContent = words;
  }

  sync() {
    this.layers.sync();
  }

  /** Close the open panel, if one is; whether one was. `back` gives the focus to its button. */
  closePanel(back = true) {
    const open = this.panels.anyOpen();
    this.panels.closeAll(back);
    return open;
  }

  update(data) {
    this.age.textContent = data.age;
    const office = JSON.stringify(data.office ?? []);
    if (office === this.shownOffice) return;
    this.shownOffice = office;
    this.office.opener.hidden = !data.office?.length;
    this.officeBody.replaceChildren(officeCards(data.office ?? [], this.session.payload, this.act));
    this.session.card.added(data.office ?? []);
  }

  #officeBody() {
    this.officeBody = element("div", {});
    return this.officeBody;
  }

  // On a phone the tools stand behind one button.
  #more(tools) {
    const open = (wanted) => {
      tools.classList.toggle("is-open", wanted);
      more.setAttribute("aria-expanded", String(wanted));
    };
    const more = button("More tools", { icon: "more", bare: true, class: "more", "aria-expanded": "false", "aria-controls": tools.id, press: () => open(!tools.classList.contains("is-open")) });
    tools.addEventListener("click", () => open(false));
    return more;
  }

  // Places and crossings that may be typed into the measuring form, by any of their names.
  #measurable() {
    const { payload, drawn } = this.session;
    return payload.search
      .filter(({ id }) => /^(place|crossing)\//.test(id) && drawn.has(id))
      .map(({ id, label, forms }) => {
        const { lat, lng } = drawn.shapes.get(id).getLatLng();
        return { label, forms: forms.map(({ folded }) => folded), lat, lon: lng };
      });
  }

  #dialogs(root) {
    this.noteDialog = noteDialog(this.session.payload);
    this.saveDialog = exportDialog((format, handling) => this.#save(format, handling));
    root.append(this.noteDialog, this.saveDialog);
  }

  async #save(format, handling) {
    const { root, map, payload, data, lighting } = this.session;
    const drawing = compose(root, map, {
      title: this.#titleOf(lighting.pinned),
      handling,
      legend: this.legend,
      scale: scaleBar(map, 140),
      sources: payload.sources_line,
      age: data.age,
      saved: data.today,
      // The long disclaimer begins with the short one.
      disclaimer: payload.long_disclaimer ?? payload.disclaimer,
    });
    const blob = format === "png" ? await asPng(drawing) : new Blob([asText(drawing)], { type: "image/svg+xml" });
    download(blob, `corridor-map-${data.today}.${format}`);
    this.session.notices.say(`Saved: corridor-map-${data.today}.${format}`);
  }

  #titleOf(subject) {
    const { payload } = this.session;
    const { title } = payload.document;
    const heading = (id) => payload.document.clauses.find((clause) => clause.id === id)?.heading;
    if (subject?.kind === "anchor") {
      const anchor = payload.anchors[subject.id];
      const quoted = anchor.phrase.replaceAll("“", "‘").replaceAll("”", "’"); // a quotation within a quotation
      return `“${quoted}” (${title}, ${heading(anchor.clause)}; ${anchor.words.toLowerCase()}${anchor.caption ? `. ${anchor.caption}` : ""})`;
    }
    if (subject?.kind === "clause") return `${title}, ${heading(subject.id)}: the land its words speak of`;
    if (subject?.kind === "feature") return payload.cards[subject.id]?.title ?? title;
    return `${title}: the land it speaks of`;
  }

  // The page of briefings makes a scene of what the address says.
  #addToBriefing() {
    this.session.reporting.changed();
    const asked = new URLSearchParams(window.location.search);
    asked.set("add", "reader");
    window.location.assign(`/briefing?${asked}`);
  }

  async #copyLink() {
    this.session.reporting.changed();
    await this.act.copy(window.location.href, "link to this view");
  }
}
