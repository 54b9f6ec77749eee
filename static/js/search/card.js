// One result of the search page as a list item; text only, never HTML from data.
import { callOf } from "./call.js";
import { element } from "../page/dom.js";
import { filled } from "../page/words.js";
import { namesOf } from "./told.js";

/** `why` names the need that the record answers, "" where none is sure; `ward` is the ward whose numbers are shown, or "". */
export function searchCard(index, words, { number, why, href, ward }) {
  const [id, kind, , , , , , , , , status, sensitive] = index.records[number];
  const item = element("li", "g-card");
  item.dataset.id = id;
  if (sensitive) item.dataset.sensitive = "";
  const [name, japanese] = namesOf(index, number);
  const link = element("a", "g-card__name", name);
  link.href = href;
  item.append(link);
  if (japanese) item.append(inJapanese("p", "g-card__japanese", filled(words.japanese, { name: japanese })));
  if (status) item.append(element("p", "g-tag", status));
  if (why && !index.core.told) item.append(element("p", "g-card__why", reason(words, why, kind)));
  if (index.more.summaries) item.append(summary(index, number));
  item.append(callOf(index, words, number, ward));
  return item;
}

function summary({ core, more }, number) {
  const told = core.told?.summaries[number];
  if (told || !core.told) return element("p", "g-card__text", told ?? more.summaries[number]);
  return inJapanese("p", "g-card__text", more.summaries[number]);
}

function inJapanese(name, className, text) {
  const made = element(name, className, text);
  made.lang = "ja";
  return made;
}

function reason(words, need, kind) {
  const inner = need.replaceAll("「", "『").replaceAll("」", "』");
  return filled(kind === "w" ? words.reason_window : words.reason_program, { need: inner });
}
