// Cuts a full scene into parts that are shown one after the other, so that nobody has to read small type from afar.

const READABLE = 0.78; // the smallest type of a scene that is shown whole
const PACKED = 0.88; // the type in which the parts of a cut scene are filled
const SMALLEST = 0.5; // of one block that alone is too large; beyond it the words scroll
const STEP = 0.04;
const HEAD = ".scene-kicker, .scene-title, .scene-problem";

/** The words of a scene in `box`, as parts of which one is shown. */
export class Parts {
  constructor(box) {
    this.box = box;
    this.parts = [[]];
    this.at = 0;
  }

  get count() {
    return this.parts.length;
  }

  /** Cut what stands in the box anew, as its size wants it. */
  cut() {
    const article = this.box.querySelector(".scene");
    this.blocks = article ? [...article.children].filter((block) => !block.matches(HEAD)) : [];
    this.#only(this.blocks);
    this.parts = this.#fit(READABLE) ? [this.blocks] : this.#packed();
    this.show(Math.min(this.at, this.count - 1));
  }

  /** Show one part, its type as large as it may be. */
  show(at) {
    this.at = at;
    this.#only(this.parts[at]);
    this.#fit(SMALLEST);
    this.box.tabIndex = this.#overflows() ? 0 : -1;
    this.box.scrollTop = 0;
  }

  #packed() {
    const parts = [];
    let part = [];
    this.#size(PACKED);
    for (const block of this.blocks) {
      this.#only([...part, block]);
      if (part.length && this.#overflows()) {
        parts.push(part);
        part = [];
      }
      part.push(block);
    }
    return [...parts, part];
  }

  #only(blocks) {
    const shown = new Set(blocks);
    for (const block of this.blocks) block.hidden = !shown.has(block);
  }

  // The largest type from 1 down to `least` in which nothing overflows; whether there is one.
  #fit(least) {
    for (let size = 1; size >= least - 1e-9; size -= STEP) {
      this.#size(size);
      if (!this.#overflows()) return true;
    }
    return false;
  }

  #size(size) {
    this.box.style.setProperty("--fit", size.toFixed(2));
    this.box.dataset.fit = size.toFixed(2);
  }

  #overflows() {
    return this.box.scrollHeight > this.box.clientHeight + 1 || this.box.scrollWidth > this.box.clientWidth + 1;
  }
}
