// The card of one feature, document or event: names by language, figures with unit, accuracy, date and source, clauses, sources.

import { button, element, freshId } from "../shared/element.js";

const LONG = 26; // characters from which a value stands on a line of its own
const BESIDE = 18; // characters of an accuracy that fit beside its value

export class CardPanel {
  /** `act`: {close(), frame(id), copy(text, what), pin(subject)}. */
  constructor(payload, act) {
    this.payload = payload;
    this.act = act;
    this.root = element("aside", { class: "card panel", hidden: true });
    this.shown = null;
    this.office = new Map();
  }

  /** What this office added, by the id it is about, to stand beneath the card of that id as its own. */
  added(cards) {
    this.office = new Map(cards.map((card) => [card.id, card]));
    const open = this.root.hidden ? null : this.shown;
    this.shown = null;
    if (open !== null) this.show(open);
  }

  /** Show the card of `id`; false when there is none. */
  show(id) {
    const card = this.payload.cards[id];
    if (!card) return false;
    if (this.shown !== id) {
      const heading = freshId("card");
      this.root.setAttribute("aria-labelledby", heading);
      const body = renderBody(card, this.payload, this.act);
      if (this.office.has(id)) body.append(officePart(this.office.get(id), this.payload, this.act));
      this.root.replaceChildren(this.#head(card, heading), body);
      this.root.querySelector(".card-body").scrollTop = 0;
    }
    this.shown = id;
    this.root.hidden = false;
    return true;
  }

  hide() {
    this.shown = null;
    this.root.hidden = true;
  }

  focus() {
    this.root.querySelector("h2")?.focus();
  }

  #head(card, heading) {
    return element(
      "div",
      { class: "card-head" },
      element("h2", { id: heading, tabindex: "-1" }, card.title),
      element(
        "div",
        { class: "card-tools" },
        card.bounds || card.lights.length
          ? button(`Show ${card.title} on the map`, { icon: "frame", bare: true, class: "quiet", press: () => this.act.frame(card.id) })
          : null,
        button("Copy this card with its sources", { icon: "copy", bare: true, class: "quiet", press: () => this.act.copy(card.copy, card.title) }),
        button("Close card", { icon: "close", bare: true, class: "quiet card-close", press: () => this.act.close() }),
      ),
      card.subtitle ? element("p", { class: "soft" }, card.subtitle) : null,
    );
  }
}

/** What this office added about a card's subject, set apart from what is shipped. */
function officePart(card, payload, act) {
  return element(
    "section",
    { class: "office-part", "aria-label": card.title },
    element("h3", {}, card.title),
    renderBody(card, payload, act),
    button("Copy with sources", { icon: "copy", class: "chip", press: () => act.copy(card.copy, card.title) }),
  );
}

/** What stands under a card's title; the office panel shows its cards with it too. */
export function renderBody(card, payload, act) {
  return element(
    "div",
    { class: "card-body", tabindex: "0", role: "group", "aria-label": `About ${card.title}` },
    names(card.names ?? []),
    (card.paragraphs ?? []).map((sentence) => element("p", {}, sentence)),
    rows(card.rows ?? [], act),
    clauses(card, payload, act),
    card.link ? element("p", {}, element("a", { href: card.link.address }, card.link.words)) : null,
    sources(card.sources ?? []),
  );
}

function names(forms) {
  if (!forms.length) return null;
  return element(
    "ul",
    { class: "names", "aria-label": "Names" },
    forms.map((form) =>
      element(
        "li",
        {},
        element("span", { lang: form.language, dir: "auto", class: "name-text" }, form.text),
        element("span", { class: "soft" }, ` ${form.language_name ?? form.language ?? ""}`),
        form.contested ? element("span", { class: "tag" }, "contested") : null,
        form.note ? element("span", { class: "soft name-note" }, form.note) : null,
      )),
  );
}

function rows(figures, act) {
  return figures.length ? element("dl", { class: "rows" }, figures.map((row) => figure(row, act))) : null;
}

function figure(row, act) {
  const value = [row.value, row.unit].filter((part) => part !== null && part !== undefined).join(" ");
  const beside = row.accuracy && row.accuracy.length <= LONG ? row.accuracy : null;
  const below = beside ? null : row.accuracy;
  const long = value.length + (beside?.length ?? 0) > LONG;
  const source = [below, row.by, row.as_of, row.source].filter(Boolean).join(" · ");
  return element(
    "div",
    { class: long ? "row row--long" : "row" },
    element("dt", {}, row.label),
    element(
      "dd",
      {},
      element("span", {}, element("span", { class: "value" }, value), beside ? element("span", { class: "soft" }, ` ${beside}`) : null),
      button(`Copy ${row.label} with its source`, { icon: "copy", bare: true, class: "quiet", press: () => act.copy(row.copy, row.label) }),
    ),
    source || row.quote
      ? element("dd", { class: "row-source soft" }, source, row.quote ? element("q", { class: "quote" }, row.quote.replace(/^[“"]|[”"]$/g, "")) : null)
      : null,
  );
}

function clauses(card, payload, act) {
  if (card.not_named) return element("p", { class: "soft not-named" }, card.not_named);
  if (!card.clauses?.length) return null;
  const heading = (id) => payload.document.clauses.find((clause) => clause.id === id)?.heading ?? id;
  return element(
    "div",
    { class: "card-clauses" },
    element("h3", {}, `In the ${payload.document.title}`),
    element(
      "ul",
      {},
      card.clauses.map((entry) =>
        element(
          "li",
          {},
          button(heading(entry.clause), { class: "chip", press: () => act.pin({ kind: "clause", id: entry.clause }) }),
          element("span", { class: "soft" }, ` ${entry.words}`),
          phrases(entry, payload),
        )),
    ),
  );
}

function phrases(entry, payload) {
  const texts = entry.anchors.map((id) => payload.anchors[id]?.phrase).filter(Boolean);
  return texts.length ? element("p", { class: "card-phrase" }, texts.map((text) => `“${text}”`).join(" · ")) : null;
}

function sources(list) {
  if (!list.length) return null;
  return element(
    "details",
    { class: "card-sources" },
    element("summary", {}, list.length === 1 ? "Source" : `Sources (${list.length})`),
    element("ol", {}, list.map(({ text, url }) =>
      element("li", {}, text, url ? [" ", element("a", { href: url, rel: "noreferrer", target: "_blank" }, "address of the source")] : null))),
  );
}
