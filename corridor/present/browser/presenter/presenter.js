// A story in front of an audience: every scene is handed over once, and from then on the browser needs no server.

import { load } from "../shared/loading.js";
import { mounted, styleSheets } from "../shared/mounting.js";
import { themeOf } from "../shared/theme.js";
import { Presenting } from "../shared/presenting.js";
import { Speaking } from "./speaking.js";

const SHEETS = ["../shared/presenting.css", "../shared/scene.css", "./speaker.css"]
  .map((name) => new URL(name, import.meta.url).href);

/** Called by Streamlit at each rerun with {data, parentElement}; the story stays as it was, a preview follows. */
export default mounted(".corridor-presenter", begin, (show, { data }) => data.preview && show.update(data.story));

async function begin(root, data) {
  if (!data.preview) {
    root.setAttribute("aria-label", data.story.title);
    root.addEventListener("cancel", (event) => event.preventDefault()); // Escape is a key of the presenter's own
    // Streamlit's word that its server is gone would take every press; its library leaves alone what bears this mark.
    root.dataset.reactAriaTopLayer = "true";
    root.showModal();
  }
  root.dataset.theme = themeOf(root);
  await styleSheets(root, SHEETS);
  if (data.speaker) return root.isConnected ? new Speaking(root, data.story) : null;
  const { payload, drawMap } = await load(data);
  if (!root.isConnected) return null;
  const show = new Presenting(root, data.story, payload, drawMap, { preview: data.preview });
  if (data.notices.length) show.notice(data.notices.join(" "));
  return show;
}
