// Folds a name so that spelling habits do not matter: case, diacritics, dotted and dotless i.

// Letters that no Unicode decomposition reduces; the Python side folds with the same table.
const LETTERS = { ı: "i", ə: "e", ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", և: "եւ", ي: "ی", ك: "ک" };
// Word marks that readers type or leave out at will.
const IGNORED = /[\u0027\u2018\u2019\u02bc\u02bb`´\u200c\u200d]/g;

/** The folded form of `text`: equal for "Naxçıvan" and "naxcivan", "Zəngilan" and "zengilan". */
export function fold(text) {
  const lowered = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const plain = Array.from(lowered, (letter) => LETTERS[letter] ?? letter).join("");
  return plain.replace(IGNORED, "").replace(/[\s\-–—/]+/g, " ").trim();
}

/** How well a folded form answers a folded query: 0 whole, 1 beginning, 2 beginning of a word, 3 within, null not at all. */
export function match(folded, query) {
  if (!query) return null;
  if (folded === query) return 0;
  if (folded.startsWith(query)) return 1;
  if (folded.includes(` ${query}`)) return 2;
  return folded.includes(query) ? 3 : null;
}

/** The best `limit` entries of the search register for what was typed, each with the form that matched. */
export function find(entries, typed, limit = 12) {
  const query = fold(typed);
  if (!query) return [];
  const hits = [];
  for (const entry of entries) {
    let best = null;
    for (const form of entry.forms) {
      const grade = match(form.folded ?? fold(form.text), query);
      if (grade !== null && (best === null || grade < best.grade)) best = { entry, form, grade };
    }
    if (best) hits.push(best);
  }
  hits.sort((a, b) => a.grade - b.grade || a.form.text.length - b.form.text.length || (a.entry.label < b.entry.label ? -1 : 1));
  return hits.slice(0, limit);
}
