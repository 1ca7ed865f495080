// A reader's own routes on a map: drawn from plain positions, named by text alone, known to the map like any other feature.

export const OWN_SWITCH = "own";
export const OWN_LEGEND = {
  heading: "Own routes (this visit)",
  entries: [{ symbol: "line", className: "feature route own", words: "Route from a file of this visit, as the file draws it" }],
};
const [HEAD, TAIL] = [22, 17]; // characters of a long name that stand on the map; the list and the card have all of it

/** The group of switches for own routes, `routes` being [{id, name, parts}] with parts of [lon, lat] in degrees. */
export function ownGroup(routes) {
  const ids = routes.map(({ id }) => id);
  return { group: "Own routes (this visit)", switches: [{ id: OWN_SWITCH, layer: "own", title: "Own routes", on: true, features: ids, bounds: boundsOf(routes), note: null }] };
}

/** What is shipped for the reader with own routes taken in: [{id, name, parts, card}]; the shipped value stays as it is. */
export function withOwn(payload, routes) {
  if (!routes.length) return payload;
  return {
    ...payload,
    layers: [ownGroup(routes), ...payload.layers],
    cards: { ...payload.cards, ...Object.fromEntries(routes.map(({ id, card }) => [id, card])) },
    legend: [...payload.legend, OWN_LEGEND],
    labels: [...payload.labels, ...ownLabels(routes)],
    search: [...payload.search, ...routes.map(({ id, name }) => ({ id, label: name, kind: "own route", forms: [{ text: name }] }))],
  };
}

export class OwnRoutes {
  /** `drawn` must have a switch OWN_SWITCH. */
  constructor(map, drawn) {
    Object.assign(this, { map, drawn });
    this.shown = new Map(); // id -> the route as it was drawn, to tell whether it changed
  }

  /** Show these routes and no others; one that stays as it was is not drawn anew. */
  show(routes) {
    const wanted = new Map(routes.map((route) => [route.id, route]));
    for (const [id, route] of this.shown) if (!same(wanted.get(id), route)) this.#remove(id);
    for (const route of routes) if (!this.shown.has(route.id)) this.#add(route);
  }

  // `look` tells routes side by side apart by colour; 0, or none, is the look of any own route.
  #add(route) {
    const { id, parts, look = 0 } = route;
    const places = parts.map((part) => part.map(([lon, lat]) => [lat, lon]));
    const casing = L.polyline(places, { pane: "route-casing", className: "route-casing own-casing", interactive: false, smoothFactor: 0.5 });
    const line = L.polyline(places, { pane: "route", className: `feature route own${look ? ` own--${look}` : ""}`, smoothFactor: 0.5 });
    this.drawn.add(id, line, [casing], OWN_SWITCH);
    this.shown.set(id, route);
  }

  #remove(id) {
    this.drawn.remove(id);
    this.shown.delete(id);
  }
}

/** Labels of own routes for labels.js, at the middle of the longest part. */
export function ownLabels(routes) {
  return routes.map(({ id, name, parts }) => {
    const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), parts[0]);
    const [lon, lat] = longest[Math.floor(longest.length / 2)];
    return { id, text: shortened(name), lat, lon, rank: 2, class: "own", min_zoom: 7 };
  });
}

/** A name of at most so many characters: of a longer one its ends, since alternatives often differ in the last word. */
export function shortened(name) {
  const letters = Array.from(name);
  if (letters.length <= HEAD + TAIL + 1) return name;
  return `${letters.slice(0, HEAD).join("").trimEnd()}…${letters.slice(-TAIL).join("").trimStart()}`;
}

/** [[south, west], [north, east]] around routes, or null for none. */
export function boundsOf(routes) {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { parts } of routes) {
    for (const [lon, lat] of parts.flat()) {
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    }
  }
  return south <= north ? [[south, west], [north, east]] : null;
}

function same(route, other) {
  if (!route || (route.look ?? 0) !== (other.look ?? 0)) return false;
  return route.parts === other.parts || JSON.stringify(route.parts) === JSON.stringify(other.parts);
}
