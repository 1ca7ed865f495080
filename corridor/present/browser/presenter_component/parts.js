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

  // As many blocks in each part as it holds; a table that alone is too long is cut between its rows.
  #packed() {
    const parts = [];
    let part = [];
    const close = () => {
      if (part.length) parts.push(part);
      part = [];
    };
    this.#size(PACKED);
    for (const block of this.blocks) {
      this.#only([...part, block]);
      if (this.#overflows()) close();
      this.#only([...part, block]);
      const rows = [...block.querySelectorAll("tbody > tr")];
      if (!this.#overflows() || rows.length < 2) {
        part.push(block);
        continue;
      }
      close();
      let begin = 0;
      for (let end = 1; end <= rows.length; end += 1) {
        this.#only([{ block, begin, end }]);
        if (!this.#overflows() || end - begin < 2) continue;
        parts.push([{ block, begin, end: end - 1 }]);
        begin = end - 1;
      }
      part.push({ block, begin, end: rows.length });
    }
    close();
    return parts;
  }

  // `entries` are blocks, or {block, begin, end} for some rows of a table.
  #only(entries) {
    const shown = new Map(entries.map((entry) => (entry.block ? [entry.block, entry] : [entry, null])));
    for (const block of this.blocks) {
      block.hidden = !shown.has(block);
      const { begin = 0, end = Infinity } = shown.get(block) ?? {};
      for (const [number, row] of [...block.querySelectorAll("tbody > tr")].entries()) row.hidden = number < begin || number >= end;
    }
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
