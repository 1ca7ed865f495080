// What was found in a file, as a list by weight: each with its place, what to do, and a way to see it on the map.

import { button, element, freshId } from "../shared/element.js";
import { sign } from "./marks.js";

export class FindingsList {
  /** `act.show(finding)` brings a finding's place into view. */
  constructor(act) {
    this.act = act;
    this.body = element("div", { class: "findings-body" });
    this.root = element("section", { class: "findings", hidden: true }, this.body);
    this.entries = new Map();
  }

  /** findings: [{number, severity, says, advice, where, lat, lon, mend, needed, accepted, asked, tag, exchanged}]; mended: the same. */
  show({ findings, mended, severities, beside, window: drawnWindow, height }) {
    this.root.setAttribute("aria-label", beside);
    this.root.hidden = findings.length + mended.length === 0;
    this.root.style.setProperty("--beside", `${height}px`);
    const shown = JSON.stringify([findings, mended]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.entries.clear();
    const groups = severities.map(({ id, title, means }) => {
      const ofGroup = findings.filter(({ severity }) => severity === id);
      return ofGroup.length ? this.#group(`${title} (${ofGroup.length})`, means, ofGroup, drawnWindow) : null;
    });
    const done = mended.length ? this.#mended(mended) : null;
    this.body.replaceChildren(...[...groups, done].filter(Boolean));
    // A list that scrolls within its frame must be reachable by keyboard.
    this.root.tabIndex = 0;
  }

  /** Bring the entry of one finding into view and stress it. */
  light(number) {
    for (const [listed, entry] of this.entries) entry.classList.toggle("is-lit", listed === number);
    this.entries.get(number)?.scrollIntoView({ block: "nearest" });
  }

  #group(title, means, findings, drawnWindow) {
    const heading = freshId("findings");
    return element(
      "section",
      { "aria-labelledby": heading },
      element("h3", { id: heading }, title),
      element("p", { class: "soft small" }, means),
      element("ol", {}, findings.map((finding) => this.#entry(finding, drawnWindow))),
    );
  }

  #entry(finding, drawnWindow) {
    const placed = finding.lat !== null;
    const onMap = placed && within(finding, drawnWindow);
    const hint = finding.mend && !finding.accepted ? hintOf(finding) : "";
    const entry = element(
      "li",
      { class: `finding finding--${finding.severity}`, "data-finding": finding.number },
      element("span", { class: "finding-sign" }, sign(finding.severity, finding.number)),
      element(
        "div",
        { class: "finding-words" },
        element("p", { class: "finding-says" }, finding.says, finding.tag ? element("span", { class: "tag" }, finding.tag) : null),
        element("p", { class: "soft" }, finding.advice),
        this.#place(finding),
        element(
          "div",
          { class: "finding-tools" },
          onMap ? button(`Show ${finding.number} on the map${finding.exchanged ? ", exchanged" : ""}`, { icon: "frame", class: "chip", press: () => this.#choose(finding) }) : null,
          placed && !onMap ? element("span", { class: "soft small" }, "The place lies off the map.") : null,
          hint ? element("span", { class: "soft small" }, hint) : null,
        ),
      ),
    );
    this.entries.set(finding.number, entry);
    return entry;
  }

  #place({ where }) {
    return where ? element("p", { class: "soft small finding-place" }, where) : null;
  }

  #mended(mended) {
    return element(
      "details",
      { class: "findings-mended" },
      element("summary", {}, `Mended (${mended.length})`),
      element("ul", {}, mended.map(({ says, mend }) => element("li", { class: "finding" }, element("div", { class: "finding-words" }, element("p", {}, says), element("p", { class: "soft small" }, `Done: ${mend}.`))))),
    );
  }

  #choose(finding) {
    this.light(finding.number);
    this.act.show(finding);
  }
}

function hintOf({ asked, needed }) {
  if (asked) return "Answer it above the map, under “A question to you”.";
  return needed ? "Can be mended, see below." : "";
}

function within({ lat, lon }, [south, west, north, east]) {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}
