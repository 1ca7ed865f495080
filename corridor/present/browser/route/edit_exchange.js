// Has the server measure a line while it is edited: one request at a time, which tells all edits not yet in the line
// there, so that the latest movement wins and none is lost, whatever happens on the way.

const PATIENCE = 15_000; // ms for one answer
const PAUSES = [1, 2, 4, 8]; // s between attempts while nobody answers
const GONE = "The application does not answer. Your edits are kept on this page and are measured as soon as it answers again.";
const TELL_ALL = new Set([409, 410, 422]); // the server's line and this one differ: the whole line is told anew

export class Exchange {
  /** `line`: the EditedLine; `origin`: {file, route} or {name}; `heard(panel)` and `state({busy, problem})` are told. */
  constructor(address, line, origin, { heard, state }) {
    Object.assign(this, { address, line, origin, heard, state });
    this.draft = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.asked = 0; // the last edit of the request under way, or of the one before
    this.timer = null;
    this.pauses = 0;
    this.number = 0; // of the last edit here
    this.known = 0; // of the last edit in the server's line
    this.waiting = []; // edits with numbers that the server has not said to have
    this.held = false; // whether the server holds the line
    this.asking = false;
    this.failures = 0;
    this.stopped = "";
  }

  /** Open the line as it stands in its file; resolves to {parts, panel}, or to null when that failed, which is told. */
  async begin() {
    for (let tries = 0; !this.closed; tries += 1) {
      const { status, answer } = await this.#send({ draft: this.draft, open: this.origin });
      if (status === 200) {
        this.held = true;
        this.#tell("");
        return answer;
      }
      this.#tell(answer.says ?? GONE);
      if (status !== 0 && status < 500) return null;
      await new Promise((resolve) => setTimeout(resolve, pauseAfter(tries)));
    }
    return null;
  }

  /** Whether the server has every edit. */
  get settled() {
    return this.held && !this.asking && this.waiting.length === 0;
  }

  /** Tell an edit that was done here. */
  push(edit) {
    this.number += 1;
    const message = { n: this.number, part: edit.part, first: edit.first, gone: edit.gone, put: edit.put.map((position) => [...position]) };
    const last = this.waiting.at(-1);
    // A vertex that moves on before its last place was told is told at its newest place only.
    if (last && last.n > this.asked && moves(last) && moves(message) && last.part === message.part && last.first === message.first) this.waiting.pop();
    this.waiting.push(message);
    if (this.stopped && !this.timer) {
      this.stopped = ""; // what was refused may be well now, in a line told anew
      this.held = false;
    }
    this.#next();
  }

  /** The line is too short to be measured for now; once it is whole again it is told anew. */
  pause() {
    this.pauses += 1;
    this.held = false;
    this.waiting = [];
  }

  /** Try again at once. */
  again() {
    this.stopped = "";
    clearTimeout(this.timer);
    this.timer = null;
    this.#next();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  async #next() {
    if (this.asking || this.closed || this.stopped || !this.line.whole || (this.held && !this.waiting.length)) return this.#tell(this.stopped);
    this.asking = true;
    this.asked = this.number;
    this.#tell("");
    const all = !this.held;
    const { pauses } = this;
    const answer = await this.#send(all ? { draft: this.draft, open: { ...this.origin, parts: this.line.parts, applied: this.asked } } : { draft: this.draft, after: this.known, edits: this.waiting });
    this.asking = false;
    if (this.closed) return null;
    if (pauses === this.pauses) this.#take(answer, all);
    return this.#next();
  }

  #take({ status, answer }, all) {
    if (status === 200) {
      this.failures = 0;
      this.held = true;
      this.known = answer.applied;
      this.waiting = this.waiting.filter(({ n }) => n > answer.applied);
      if (answer.panel && this.line.whole) this.heard(answer.panel);
    } else if (TELL_ALL.has(status) && !all) {
      this.held = false;
    } else if (status === 0 || status >= 500) {
      this.stopped = answer.says ?? GONE;
      this.timer = setTimeout(() => this.again(), pauseAfter(this.failures));
      this.failures += 1;
    } else {
      this.stopped = answer.says ?? `The application answered with status ${status}. Your edits are kept on this page.`;
    }
  }

  async #send(message) {
    try {
      const response = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: 0, answer: {} };
    }
  }

  #tell(problem) {
    this.state({ busy: this.asking, problem });
    return null;
  }
}

function pauseAfter(failures) {
  return PAUSES[Math.min(failures, PAUSES.length - 1)] * 1000;
}

function moves({ gone, put }) {
  return gone === 1 && put.length === 1;
}
