// Puts text on the clipboard, also where the browser's newer way is not allowed.

// What a spreadsheet ends a cell or a line at when text is pasted, and passes over at the start of a cell.
const ENDS = /([\t\n\r\v\f\x85\u2028\u2029])/u;
const UNSEEN = /^[\p{C}\p{M}\p{Z}\u115f\u1160\u3164\uffa0"]*/u;
const NUMBER = /^[+-]?[\d.,\s]*\d%?$/u;

/** The text with an apostrophe before each part that a spreadsheet would take for a formula when it is pasted there. */
export function inert(text) {
  return text
    .split(ENDS)
    .map((part) => {
      const visible = part.replace(UNSEEN, "");
      return /^[=+\-@]/.test(visible.normalize("NFKC")) && !NUMBER.test(visible.trim()) ? `'${part}` : part;
    })
    .join("");
}

/** Resolves to whether the text was copied, inert. */
export async function copyText(given) {
  const text = inert(given);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// Pages served without a secure context have no navigator.clipboard; a selected field still copies.
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position:fixed;opacity:0";
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus?.();
  return copied;
}
