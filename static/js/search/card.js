// One result of the search page as a list item; text only, never HTML from data.
import { callOf } from "./call.js";
import { element } from "../page/dom.js";

/** `why` names the need that the record answers, "" where none is sure; `ward` is the ward whose numbers are shown, or "". */
export function searchCard(index, { number, why, href, ward }) {
  const [id, kind, name, , , , , , , , status, sensitive] = index.records[number];
  const item = element("li", "g-card");
  item.dataset.id = id;
  if (sensitive) item.dataset.sensitive = "";
  const link = element("a", "g-card__name", name);
  link.href = href;
  item.append(link);
  if (status) item.append(element("p", "g-tag", status));
  if (why) item.append(element("p", "g-card__why", reason(why, kind)));
  if (index.more.summaries) item.append(element("p", "g-card__text", index.more.summaries[number]));
  item.append(callOf(index, number, ward));
  return item;
}

function reason(need, kind) {
  const quoted = `「${need.replaceAll("「", "『").replaceAll("」", "』")}」`;
  return quoted + (kind === "w" ? "の相談先" : "に関わる制度・取り組み");
}
