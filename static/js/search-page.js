// The search page. Contract: `#q=<query>` is answered in #search-results with data-query and data-state="done".
import { fullText } from "./fulltext.js";
import { prepare, rank, urgent } from "./rank.js";

/** @param {HTMLElement} root */
export function start(root) {
  new SearchPage(root).begin();
}

class SearchPage {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("#search-results");
    this.urgent = root.querySelector("#search-urgent");
    this.status = root.querySelector("[role=status]");
    this.nothing = root.querySelector(".g-nothing");
    this.filters = root.querySelector(".g-filters");
    this.form = document.querySelector("main [data-module=search-form]");
    this.fullText = fullText(root.dataset.pagefind);
    this.asked = 0;
  }

  begin() {
    addEventListener("hashchange", () => this.answer());
    this.filters.addEventListener("change", () => this.answer());
    this.answer();
  }

  /** The index, loaded once, when the first question comes. */
  index() {
    this.loading ??= fetch(this.root.dataset.index).then(async (response) => prepare(await response.json()));
    return this.loading;
  }

  query() {
    return new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("q") ?? "";
  }

  async answer() {
    const query = this.query();
    const turn = ++this.asked;
    this.form.querySelector("input").value = query;
    if (!query) return this.show({ query, results: [], routes: [], state: "idle" });
    this.list.dataset.state = "busy";
    try {
      const index = await this.index();
      const results = rank(index, query).filter((result) => this.passes(result.record));
      const more = await this.more(index, query, results);
      // A later question may have been asked meanwhile: only the last one is shown.
      if (turn === this.asked) this.show({ query, results: [...results, ...more], routes: urgent(index.data, query), state: "done" });
    } catch (error) {
      this.loading = null;
      if (turn === this.asked) this.fail(query, error);
    }
  }

  /** Records that only the full text finds; asked only when the names and words find little. */
  async more(index, query, results) {
    if (results.length >= 3) return [];
    const known = new Set(results.map((result) => result.record.id));
    const urls = await this.fullText(query);
    const byUrl = new Map(index.data.records.map((record) => [record.url, record]));
    // Pagefind knows pages by their path below the site's root.
    const records = urls.map((url) => byUrl.get(this.root.dataset.base + url.replace(/^\//u, "")));
    return records.filter((record) => record && !known.has(record.id) && this.passes(record)).map((record) => ({ record, why: null }));
  }

  passes(record) {
    const [situation, unit] = ["situation", "unit"].map((name) => this.filters.querySelector(`[data-filter=${name}]`).value);
    return (!situation || record.situations.includes(situation)) && (!unit || record.unit === unit);
  }

  show({ query, results, routes, state }) {
    for (const element of this.urgent.querySelectorAll("[data-route]")) {
      element.hidden = !routes.includes(element.dataset.route);
    }
    this.urgent.hidden = routes.length === 0;
    this.list.replaceChildren(...results.map((result) => card(result)));
    this.nothing.hidden = state !== "done" || results.length > 0;
    this.filters.hidden = state === "idle";
    this.status.textContent = state === "done" ? said(results.length) : "";
    this.list.dataset.query = query;
    this.list.dataset.state = state;
  }

  fail(query, error) {
    console.error(error);
    this.show({ query, results: [], routes: [], state: "done" });
    this.status.textContent = "探すための一覧を読み込めませんでした。電波のよい場所で、もう一度お試しください。";
  }
}

function said(count) {
  return count ? `${count}件見つかりました。` : "見つかりませんでした。電話で聞ける先を下に出しています。";
}

/** One result as a list item; text only, never HTML from data. */
function card({ record, why }) {
  const item = element("li", "g-card");
  item.dataset.id = record.id;
  const link = element("a", "g-card__name", record.name);
  link.href = record.url;
  item.append(link, element("p", "g-card__text", record.summary));
  if (why && why.field !== "name" && why.text !== record.summary) {
    item.append(element("p", "g-card__why", `「${why.text.split(" ")[0]}」に近い言葉です。`));
  }
  const [window, label, number] = record.tel;
  const quick = element("p", "g-quick");
  const tel = element("a", "g-tel", number);
  tel.href = `tel:${number}`;
  quick.append(element("span", "g-quick__name", label === window ? label : `${window} ${label}`), tel);
  item.append(quick);
  return item;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
