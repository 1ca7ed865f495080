// A component of Streamlit's: begun once per element, told of each rerun, taken down with the page.

import { element } from "./element.js";
import { look } from "./loading.js";

const IN_PAGE = new URL("./in_page.css", import.meta.url).href;

/** What Streamlit calls at each rerun with {data, parentElement, …}: `begin(root, data)` once, then `tell(shown, call)`. */
export function mounted(selector, begin, tell) {
  const begun = new WeakMap();
  return async (call) => {
    const root = call.parentElement.querySelector(selector);
    if (!begun.has(root)) begun.set(root, begin(root, call.data));
    const shown = await begun.get(root);
    if (shown) {
      tell(shown, call);
      shown.lastCall = call;
    }
    // Streamlit also cleans up after a call that a later rerun overtook; only the last call owns the element.
    return () => {
      if (shown && shown.lastCall !== call) return;
      shown?.takeDown();
      begun.delete(root);
      root.replaceChildren();
    };
  };
}

/** Dress a component: the look of every window, then the style sheets `addresses`; resolves when all are in force. */
export function styleSheets(root, addresses = []) {
  return Promise.all([look(), ...[IN_PAGE, ...addresses].map((href) => {
    const link = element("link", { rel: "stylesheet", href });
    const loaded = new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
    root.before(link);
    return loaded;
  })]);
}
