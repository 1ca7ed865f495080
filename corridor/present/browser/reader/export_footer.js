// What stands above and below a saved map: title and handling line, legend, scale, sources, date, disclaimer.

import { shape } from "../shared/element.js";
import { lettering, textAttributes, widthOf } from "../shared/lettering.js";
import { kilometres } from "../shared/scale.js";
import { styled } from "./styled.js";

const EDGE = 20; // px
const ROW = 20;
const LEGEND_COLUMN = 300;

/** `text` broken into lines no wider than `width` px in a lettering. */
export function wrap(text, width, style) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, style) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** {head, headHeight, body, height}: groups that start at y = 0, in `inks` {text, soft}. */
export function footer(width, content, inks) {
  const head = shape("g", {});
  const title = { ...lettering("town"), size: 16, weight: 600 };
  const handling = { ...lettering("town"), size: 13 };
  const room = width - 2 * EDGE;
  let y = 14;
  const marked = content.handling ? wrap(content.handling, room, handling) : [];
  for (const line of marked) head.append(words(line, EDGE, (y += 16), handling, inks.soft));
  for (const line of wrap(content.title, room, title)) head.append(words(line, EDGE, (y += 20), title, inks.text));
  const headHeight = y + 14;

  const body = shape("g", {});
  let bottom = scale(body, content.scale, 26, inks.text) + 8;
  bottom = legend(body, content.legend, width, bottom, inks.text);
  const small = { ...lettering("village"), size: 11.5 };
  for (const paragraph of [content.disclaimer, content.sources, `${content.age}. Saved on ${content.saved}.`]) {
    bottom += 6;
    for (const line of wrap(paragraph, room, small)) body.append(words(line, EDGE, (bottom += 16), small, paragraph === content.disclaimer ? inks.text : inks.soft));
  }
  return { head, headHeight, body, height: bottom + 18 };
}

function words(text, x, y, style, fill) {
  return shape("text", { x, y, fill, ...textAttributes(style) }, text);
}

function scale(body, { km, px }, y, ink) {
  const style = lettering("village");
  body.append(
    shape("path", { d: `M${EDGE} ${y - 8}v6h${px}v-6`, fill: "none", stroke: ink, "stroke-width": 1.2 }),
    words(kilometres(km), EDGE + px + 8, y, style, ink),
  );
  return y;
}

// The entries of the legend on the page, set in columns; the samples are copied with the style they have there.
function legend(body, node, width, top, ink) {
  const style = { ...lettering("village"), size: 12 };
  const entries = [...node.querySelectorAll("li")];
  const columns = Math.max(1, Math.floor((width - 2 * EDGE) / LEGEND_COLUMN));
  const column = (width - 2 * EDGE) / columns;
  const heights = new Array(columns).fill(top);
  entries.forEach((entry) => {
    const at = heights.indexOf(Math.min(...heights));
    const x = EDGE + at * column;
    const lines = wrap(entry.textContent, column - 60, style);
    const sample = shape("g", { transform: `translate(${x} ${heights[at] + 4})` });
    for (const part of entry.querySelector("svg").children) sample.append(styled(part));
    body.append(sample, ...lines.map((line, index) => words(line, x + 42, heights[at] + 16 + index * 15, style, ink)));
    heights[at] += ROW + (lines.length - 1) * 15;
  });
  return Math.max(...heights) + 8;
}
