// Which scene is shown, in this window and in the other one: one number, kept in the address so that a reload keeps it.

const CHANNEL = "corridor-presenter";

export class Course {
  /** `follow()` is called after each change; `scenes` are [{id}]. The two windows of one story step together. */
  constructor(story, follow) {
    Object.assign(this, { scenes: story.scenes, follow });
    const asked = new URL(window.location.href).searchParams.get("scene");
    this.at = Math.max(0, this.scenes.findIndex(({ id }) => id === asked));
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

  step(by) {
    this.goTo(this.at + by);
  }

  goTo(number) {
    const at = Math.min(Math.max(number, 0), this.scenes.length - 1);
    const blank = false;
    if (at === this.at && blank === this.blank) return;
    Object.assign(this, { at, blank });
    this.#changed();
    this.#tell();
  }

  toggleBlank() {
    this.blank = !this.blank;
    this.#changed();
    this.#tell();
  }

  close() {
    this.channel.close();
  }

  #tell() {
    this.channel.postMessage({ at: this.at, blank: this.blank });
  }

  #heard(message) {
    if (message?.hello) return this.#tell();
    if (!Number.isInteger(message?.at) || !this.scenes[message.at]) return undefined;
    if (message.at === this.at && message.blank === this.blank) return undefined;
    Object.assign(this, { at: message.at, blank: Boolean(message.blank) });
    return this.#changed();
  }

  #changed() {
    const address = new URL(window.location.href);
    address.searchParams.set("scene", this.scene.id);
    window.history.replaceState(window.history.state, "", address);
    this.follow();
  }
}
