// The samples as one list under headings, with a field that narrows it; pressing one adds it to the visit.

import { element, freshId } from "../shared/element.js";
import { fold } from "../shared/folding.js";
import { styleSheets } from "../shared/mounting.js";
import { themeOf } from "../shared/theme.js";

const SHEETS = [new URL("./sample_list.css", import.meta.url).href];

/** Called by Streamlit at each rerun with {data, parentElement, setTriggerValue}. */
export default async function mount({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".corridor-samples");
  root.dataset.theme = themeOf(root);
  if (root.childElementCount === 0) {
    root.hidden = true;
    build(root, data.groups);
    await styleSheets(root, SHEETS);
    root.hidden = false;
  }
  root.choose = (id) => setTriggerValue("sample", id);
}

function build(root, groups) {
  const entries = [];
  const sections = groups.map(({ title, samples }) => {
    const heading = freshId("samples");
    const rows = samples.map((sample) => {
      const row = element("li", {}, element(
        "button",
        { type: "button", "data-sample": sample.id, on: { click: () => root.choose(sample.id) } },
        element("span", { class: "sample-title" }, sample.title),
        element("span", { class: "soft sample-says" }, sample.says),
      ));
      entries.push({ row, folded: fold(`${title} ${sample.title} ${sample.says}`) });
      return row;
    });
    return element("section", { "aria-labelledby": heading }, element("h4", { id: heading }, title), element("ul", {}, rows));
  });
  const count = element("p", { class: "unseen", role: "status" });
  const narrow = ({ target }) => {
    const words = fold(target.value).split(" ").filter(Boolean);
    for (const { row, folded } of entries) row.hidden = !words.every((word) => folded.includes(word));
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    const left = entries.filter(({ row }) => !row.hidden).length;
    count.textContent = `${left} ${left === 1 ? "sample" : "samples"}`;
  };
  const field = freshId("narrow");
  root.replaceChildren(
    element("label", { for: field }, `One for each kind of trouble, ${entries.length} in all`),
    element("input", { id: field, type: "text", placeholder: "Words such as spike, metres, archive", autocomplete: "off", on: { input: narrow } }),
    element("div", { class: "sample-list", tabindex: "0", role: "group", "aria-label": "Samples" }, sections),
    count,
  );
}
