// Which scene is shown, in this window and in the other one: kept in the address so that a reload keeps it.

const CHANNEL = "corridor-presenter";
const PATIENCE_MS = 200; // how long the speaker's window waits for the audience's before it steps by itself

/** Where the id of the scene that is shown is kept: in the address, so that a reload comes back to it. */
export const IN_THE_ADDRESS = {
  read: () => new URL(window.location.href).searchParams.get("scene"),
  write: (id) => {
    const address = new URL(window.location.href);
    address.searchParams.set("scene", id);
    window.history.replaceState(window.history.state, "", address);
  },
};

export class Course {
  /**
   * `follow()` is called after each change; `story.scenes` are [{id}]. The audience's window knows into which parts its
   * size cuts a scene (`parts()`, as Parts.cuts) and tells them; the speaker's has no `parts` and asks it to step.
   */
  constructor(story, follow, parts = null, place = IN_THE_ADDRESS) {
    Object.assign(this, { scenes: story.scenes, follow, parts, place });
    this.at = Math.max(0, this.scenes.findIndex(({ id }) => id === place.read()));
    this.part = 0;
    this.blank = false;
    this.cuts = []; // of the scene in the audience's window, as it told them
    this.channel = new BroadcastChannel(`${CHANNEL}:${story.key}`);
    this.channel.onmessage = ({ data }) => this.#heard(data);
    this.channel.postMessage({ hello: true });
  }

  get scene() {
    return this.scenes[this.at];
  }

  get next() {
    return this.scenes[this.at + 1] ?? null;
  }

  /** To the next part or scene (1), or the one before (-1). */
  step(by) {
    if (this.parts) return this.#stepHere(by);
    this.channel.postMessage({ step: by });
    clearTimeout(this.alone);
    this.alone = setTimeout(() => this.goTo(this.at + by), PATIENCE_MS);
    return undefined;
  }

  #stepHere(by) {
    const part = this.part + by;
    if (part >= 0 && part < this.parts().length) this.#set({ at: this.at, part, blank: false });
    else this.goTo(this.at + by);
  }

  goTo(number) {
    const at = Math.min(Math.max(number, 0), this.scenes.length - 1);
    this.#set({ at, part: at === this.at ? this.part : 0, blank: false });
  }

  toggleBlank() {
    this.#set({ at: this.at, part: this.part, blank: !this.blank });
  }

  /** The audience's window was cut anew, by its size or its type, and shows this part now. */
  recut(part) {
    this.part = part;
    const cut = JSON.stringify([this.at, part, this.parts()]);
    if (cut === this.cut) return;
    this.cut = cut;
    // Another window before an audience has a size of its own, and stays where it is.
    this.channel.postMessage({ ...this.#state(), recut: true });
  }

  close() {
    clearTimeout(this.alone);
    this.channel.close();
  }

  #set(state) {
    if (this.#take(state)) this.#tell();
  }

  #tell() {
    this.channel.postMessage(this.#state());
  }

  #state() {
    return { at: this.at, part: this.part, blank: this.blank, cuts: this.parts?.() };
  }

  #heard(message) {
    if (message?.hello && this.parts) this.#tell();
    else if (message?.step && this.parts) this.step(Math.sign(message.step));
    else if (Number.isInteger(message?.at) && this.scenes[message.at] && !(message.recut && this.parts)) {
      clearTimeout(this.alone);
      this.#take({ at: message.at, part: Number(message.part) || 0, blank: Boolean(message.blank), cuts: message.cuts });
      // The speaker's window came to a scene by itself and cannot know its parts.
      if (this.parts && !message.cuts) this.#tell();
    }
  }

  // Whether anything changed.
  #take({ cuts, ...state }) {
    // Into which parts the scene is cut is known to the audience's window itself, and to the speaker's once it is told.
    const told = this.parts ? [] : cuts ?? (state.at === this.at ? this.cuts : []);
    const same = JSON.stringify(told) === JSON.stringify(this.cuts);
    if (same && ["at", "part", "blank"].every((name) => this[name] === state[name])) return false;
    Object.assign(this, state, { cuts: told });
    this.place.write(this.scene.id);
    this.follow();
    return true;
  }
}
