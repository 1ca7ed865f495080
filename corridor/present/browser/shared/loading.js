// Fetches what a window needs from the application's own address, each thing once per page.

const here = (name) => new URL(name, import.meta.url).href;
const LOOK = ["./palette.css", "./base.css"].map(here);
const MAP_LOOK = ["./layers.css", "./map.css", "./controls.css", "./print.css"].map(here);
const once = new Map();

function remember(address, load) {
  if (!once.has(address)) {
    once.set(address, load().catch((problem) => {
      once.delete(address); // a second attempt may succeed
      throw problem;
    }));
  }
  return once.get(address);
}

function insert(node, address) {
  return new Promise((resolve, reject) => {
    node.addEventListener("load", () => resolve(node), { once: true });
    node.addEventListener("error", () => reject(new Error(`The page could not load ${address}.`)), { once: true });
    document.head.append(node);
  });
}

function style(address) {
  return remember(address, () => insert(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address }), address));
}

function script(address) {
  return remember(address, () => insert(Object.assign(document.createElement("script"), { src: address }), address));
}

function json(address) {
  return remember(address, async () => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`The page could not load ${address} (${answer.status}).`);
    return answer.json();
  });
}

/** The colours, type and controls that every window is dressed in; resolves when they are in force. */
export function look() {
  return Promise.all(LOOK.map(style));
}

/** Everything for a map, and a component's own style `sheets`: resolves to {payload, drawMap}. */
export async function load({ leaflet, map, map_key: key, payload }, sheets = []) {
  const base = leaflet.replace(/\/$/, "");
  const styles = [style(`${base}/leaflet.css`), look(), ...[...MAP_LOOK, ...sheets].map(style)];
  const mapScript = script(`${base}/leaflet.js`).then(() => script(map));
  const [content] = await Promise.all([json(payload), mapScript, ...styles]);
  return { payload: content, drawMap: window.corridorMaps[key] };
}
