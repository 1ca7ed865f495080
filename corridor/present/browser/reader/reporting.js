// Keeps the page's address and the server informed of what is pinned, which layers are on and where the map stands.

import { writeAddress } from "./address.js";

const QUIET_MS = 400; // the server is told once things have settled

export class Reporting {
  /** `read()` gives the state of address.js; `tell(name, value)` is Streamlit's setStateValue. */
  constructor(read, tell, reported) {
    this.read = read;
    this.tell = tell;
    this.reported = { ...reported };
  }

  changed() {
    const state = this.read();
    const { pathname, hash, search } = window.location;
    const wanted = writeAddress(search, state);
    if (wanted !== search) window.history.replaceState(window.history.state, "", `${pathname}${wanted}${hash}`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#report(this.read()), QUIET_MS);
  }

  #report(state) {
    for (const name of ["clause", "feature", "layers", "view"]) {
      const value = state[name] ?? null;
      if (JSON.stringify(value) === JSON.stringify(this.reported[name] ?? null)) continue;
      this.reported[name] = value;
      this.tell(name, value);
    }
  }

  stop() {
    clearTimeout(this.timer);
  }
}
