// The reader as a Streamlit component: made once per page, told of each rerun, taken down with the page.

import { element } from "../shared/element.js";
import { followMenu } from "./frame.js";
import { load } from "../shared/loading.js";
import { Session } from "./session.js";
import { themeOf } from "../shared/theme.js";

const SHEETS = ["./frame.css", "./text.css", "./panels.css", "./print.css"].map((name) => new URL(name, import.meta.url).href);
const readers = new WeakMap();

/** Called by Streamlit at each rerun with {data, parentElement, setStateValue}; returns what takes this mount down. */
export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".corridor-reader") ?? parentElement.appendChild(element("div", { class: "corridor-reader" }));
  let reader = readers.get(root);
  if (!reader) {
    reader = new Reader(root);
    readers.set(root, reader);
  }
  reader.update(data, setStateValue);
  const call = Symbol("call");
  reader.lastCall = call;
  // Streamlit also cleans up after a call that a later rerun overtook; only the last call owns the page.
  return () => {
    if (reader.lastCall !== call) return;
    reader.takeDown();
    readers.delete(root);
  };
}

class Reader {
  constructor(root) {
    this.root = root;
    this.gone = new AbortController();
    this.unfollow = followMenu(root);
    root.setAttribute("lang", "en");
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#dress(), { signal: this.gone.signal });
    window.addEventListener("beforeprint", () => this.#forPaper(), { signal: this.gone.signal });
    window.addEventListener("afterprint", () => this.#dress(), { signal: this.gone.signal });
    this.#say("Drawing the map …");
  }

  update(data, setStateValue) {
    this.data = data;
    this.tell = setStateValue;
    this.#dress();
    if (this.session) this.session.update(data);
    else this.loading ??= this.#begin();
  }

  async #begin() {
    try {
      const { payload, drawMap } = await load(this.data, SHEETS);
      if (this.gone.signal.aborted) return;
      const tell = (name, value) => this.tell(name, value);
      this.session = new Session(this.root, this.data, payload, drawMap, tell, this.gone.signal);
    } catch (problem) {
      this.loading = null;
      this.#say(`${problem.message} Reload the page to try again.`);
      throw problem;
    }
  }

  #say(words) {
    this.root.replaceChildren(element("p", { class: "loading", role: "status" }, words));
  }

  #dress() {
    this.root.dataset.theme = themeOf(this.root);
  }

  // Paper is light, and a map on it carries its legend.
  #forPaper() {
    this.root.dataset.theme = "light";
    this.root.querySelector(".legend-strip")?.setAttribute("open", "");
  }

  takeDown() {
    this.gone.abort();
    this.unfollow();
    this.session?.takeDown();
    this.root.replaceChildren();
  }
}
