// A story in front of an audience: every scene is handed over once, and from then on the browser needs no server.

import { element } from "../reader_component/element.js";
import { load } from "../reader_component/loading.js";
import { themeOf } from "../reader_component/theme.js";
import { Presenting } from "./presenting.js";
import { Speaking } from "./speaking.js";

const shows = new WeakMap();
const STYLES = ["../reader_component/small_map.css", "./presenter.css", "./scene.css"];

/** Called by Streamlit at each rerun with {data, parentElement}; the story stays as it was, a preview follows. */
export default async function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".corridor-presenter");
  if (!shows.has(root)) shows.set(root, begin(root, data));
  const show = await shows.get(root);
  if (data.preview) show?.update(data.story);
  const call = Symbol("call");
  if (show) show.lastCall = call;
  // Streamlit also cleans up after a call that a later rerun overtook; only the last call owns the screen.
  return () => {
    if (!show || show.lastCall !== call) return;
    show.takeDown();
    shows.delete(root);
    root.replaceChildren();
  };
}

async function begin(root, data) {
  root.dataset.theme = themeOf(root);
  const styles = STYLES.map((name) => {
    const link = element("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href });
    root.before(link);
    return new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
  });
  await Promise.all(styles);
  if (data.speaker) return root.isConnected ? new Speaking(root, data.story) : null;
  const { payload, drawMap } = await load(data);
  if (!root.isConnected) return null;
  const show = new Presenting(root, data.story, payload, drawMap, data.preview);
  if (data.notices.length) show.notice(data.notices.join(" "));
  return show;
}
