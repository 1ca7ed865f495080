// Cuts a full scene into parts that are shown one after the other, so that nobody has to read small type from afar.

const READABLE = 0.78; // the smallest type of a scene that is shown whole
const PACKED = 0.88; // the type in which the parts of a cut scene are filled
const SMALLEST = 0.5; // of one block that alone is too large; beyond it the words scroll
const STEP = 0.04;
const CLEARLY = 1.1; // times the height of the box: longer, words are too long without another look
const HEAD = ".scene-kicker, .scene-title, .scene-problem";

// What a block can be cut between: the rows of a table, the lists that stand side by side.
const pieces = (block) => [...(block.matches(".scene-lists") ? block.children : block.querySelectorAll("tbody > tr"))];

// What a scene can be cut between; its title and what is wrong with it stand above each part.
const blocksOf = (box) => [...(box.querySelector(".scene")?.children ?? [])].filter((block) => !block.matches(HEAD));

/** Show one part of the scene in `box`, as `Parts.cuts` tells it, and hide the rest. */
export function showOnly(box, part) {
  const shown = new Map(part.map((entry) => [entry.block, entry]));
  for (const [number, block] of blocksOf(box).entries()) showPieces(block, shown.has(number), shown.get(number));
}

function showPieces(block, shown, { begin = 0, end = Infinity } = {}) {
  block.hidden = !shown;
  for (const [number, piece] of pieces(block).entries()) piece.hidden = number < begin || number >= end;
}

/** The words of a scene in `box`, as parts of which one is shown. */
export class Parts {
  constructor(box) {
    this.box = box;
    this.blocks = [];
    this.parts = [[]];
    this.at = 0;
  }

  get count() {
    return this.parts.length;
  }

  /** What each part shows, for another window with the same scene: [[{block, begin, end}]], numbers of blocks and pieces. */
  get cuts() {
    return this.parts.map((entries) => entries.map((entry) => ({ ...entry, block: this.blocks.indexOf(entry.block ?? entry) })));
  }

  /** Cut what stands in the box anew, as its size wants it. */
  cut() {
    this.blocks = blocksOf(this.box);
    this.#only(this.blocks);
    if (this.#fit(READABLE)) {
      this.parts = [this.blocks];
      this.#shown(0, true);
    } else {
      this.parts = this.#packed();
      this.show(Math.min(this.at, this.count - 1));
    }
  }

  /** Show one part, its type as large as it may be. */
  show(at) {
    this.#only(this.parts[at]);
    this.#shown(at, this.#fit(SMALLEST));
  }

  // Words that do not fit can be scrolled, by keyboard too.
  #shown(at, whole) {
    this.at = at;
    this.box.tabIndex = whole ? -1 : 0;
    this.box.scrollTop = 0;
  }

  // As many blocks in each part as it holds; what alone is too long is cut between its pieces.
  #packed() {
    const parts = [];
    let part = [];
    const close = () => {
      if (part.length) parts.push(part);
      part = [];
    };
    this.#size(PACKED);
    for (const block of this.blocks) {
      if (part.length && !this.#holds([...part, block])) close();
      const count = pieces(block).length;
      if (part.length || count < 2 || this.#holds([block])) {
        part.push(block);
        continue;
      }
      for (let begin = 0; begin < count; begin = part[0].end) {
        close();
        part.push({ block, begin, end: this.#lastPiece(block, begin, count) });
      }
    }
    close();
    return parts;
  }

  // The piece before which a part has to end that begins with piece `begin`: it holds as many as fit, and one at least.
  #lastPiece(block, begin, count) {
    let [end, over] = [begin + 1, count + 1];
    while (over - end > 1) {
      const middle = Math.floor((end + over) / 2);
      if (this.#holds([{ block, begin, end: middle }])) end = middle;
      else over = middle;
    }
    return end;
  }

  #holds(entries) {
    this.#only(entries);
    return !this.#overflows();
  }

  // `entries` are blocks, or {block, begin, end} for some pieces of one.
  #only(entries) {
    const shown = new Map(entries.map((entry) => (entry.block ? [entry.block, entry] : [entry, null])));
    for (const block of this.blocks) showPieces(block, shown.has(block), shown.get(block) ?? {});
  }

  // The largest type from 1 down to `least` in which nothing overflows; whether there is one. It is walked, not halved:
  // where smaller type makes room for another column, the words run longer again.
  #fit(least) {
    for (let size = 1; size >= least - 1e-9; size -= STEP) {
      this.#size(size);
      if (!this.#overflows()) return true;
      // Words shrink by the square of their size at most; what is far too long need not be tried at every step.
      if (this.box.scrollHeight * (least / size) ** 2 > this.box.clientHeight * CLEARLY) break;
    }
    this.#size(least);
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
