// One result of the search page as a list item; text only, never HTML from data.

/** `why` is given where the words that matched are worth telling. */
export function searchCard(index, number, why, href) {
  const record = index.records[number];
  const [id, , name, , , , , , , [window, label, phone], status, sensitive] = record;
  const item = element("li", "g-card");
  item.dataset.id = id;
  if (sensitive) item.dataset.sensitive = "";
  const link = element("a", "g-card__name", name);
  link.href = href;
  item.append(link);
  if (status) item.append(element("p", "g-tag", status));
  if (index.more.summaries) item.append(element("p", "g-card__text", index.more.summaries[number]));
  if (why && !name.includes(why)) item.append(element("p", "g-card__why", `「${why}」に近い言葉です。`));
  const quick = element("p", "g-quick");
  const tel = element("a", "g-tel", phone);
  tel.href = `tel:${phone}`;
  const who = index.records[window][2];
  quick.append(element("span", "g-quick__name", label.includes(who) ? label : `${who} ${label}`), tel);
  item.append(quick);
  return item;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
