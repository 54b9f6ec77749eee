// One result of the search page as a list item; text only, never HTML from data.
import { callOf } from "./call.js";
import { element } from "../page/dom.js";

/** `why` is given where the words that matched are worth telling; `ward` is the ward whose numbers are shown, or "". */
export function searchCard(index, { number, why, href, ward }) {
  const [id, , name, , , , , , , , status, sensitive] = index.records[number];
  const item = element("li", "g-card");
  item.dataset.id = id;
  if (sensitive) item.dataset.sensitive = "";
  const link = element("a", "g-card__name", name);
  link.href = href;
  item.append(link);
  if (status) item.append(element("p", "g-tag", status));
  if (index.more.summaries) item.append(element("p", "g-card__text", index.more.summaries[number]));
  if (why) item.append(element("p", "g-card__why", `「${why}」に近い言葉です。`));
  item.append(callOf(index, number, ward));
  return item;
}
