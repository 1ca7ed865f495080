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
   * `follow()` is called after each change; `story.scenes` are [{id}]. The audience's window knows into how many parts
   * a scene is cut (`parts()`); the speaker's has no `parts` and asks it to step.
   */
  constructor(story, follow, parts = null, place = IN_THE_ADDRESS) {
    Object.assign(this, { scenes: story.scenes, follow, parts, place });
    this.at = Math.max(0, this.scenes.findIndex(({ id }) => id === place.read()));
    this.part = 0;
    this.blank = false;
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
    if (part >= 0 && part < this.parts()) this.#set({ at: this.at, part, blank: false });
    else this.goTo(this.at + by);
  }

  goTo(number) {
    const at = Math.min(Math.max(number, 0), this.scenes.length - 1);
    this.#set({ at, part: at === this.at ? this.part : 0, blank: false });
  }

  toggleBlank() {
    this.#set({ at: this.at, part: this.part, blank: !this.blank });
  }

  close() {
    clearTimeout(this.alone);
    this.channel.close();
  }

  #set(state) {
    if (this.#take(state)) this.#tell();
  }

  #tell() {
    this.channel.postMessage({ at: this.at, part: this.part, blank: this.blank });
  }

  #heard(message) {
    if (message?.hello && this.parts) this.#tell();
    else if (message?.step && this.parts) this.step(Math.sign(message.step));
    else if (Number.isInteger(message?.at) && this.scenes[message.at]) {
      clearTimeout(this.alone);
      this.#take({ at: message.at, part: Number(message.part) || 0, blank: Boolean(message.blank) });
    }
  }

  // Whether anything changed.
  #take(state) {
    if (["at", "part", "blank"].every((name) => this[name] === state[name])) return false;
    Object.assign(this, state);
    this.place.write(this.scene.id);
    this.follow();
    return true;
  }
}
