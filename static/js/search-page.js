// The search page. Contract: `#q=<query>` is answered in #search-results with data-query and data-state="done".
import { fullText } from "./fulltext.js";
import { answer, prepare, prepareInSteps } from "./rank.js";

// How long the first answer waits for the second file, in milliseconds, before it is shown without it.
const PATIENCE = 50;
// How long a typing hand must rest before the full text is asked and the count told, in milliseconds.
const REST = 250;
// As many results are shown while the hand is typing: more would keep a slow phone busy laying them out.
const AT_A_GLANCE = 3;
// The full text is asked when names and words explain less of the question than this, or find fewer records than FEW.
const ENOUGH = 0.6;
const FEW = 3;
// A page that holds this share of the question goes before records that were found by names and words that badly.
const TELLING = 0.9;

/** @param {HTMLElement} root */
export function startPage(root) {
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
    this.box = document.querySelector("main [data-module=search-form] input");
    this.fullText = fullText(root.dataset.pagefind);
    this.asked = 0;
  }

  begin() {
    addEventListener("hashchange", () => this.answer());
    this.filters.addEventListener("change", () => this.answer());
    this.box.addEventListener("input", (event) => this.typed(event));
    this.box.addEventListener("compositionend", (event) => this.typed(event));
    this.load()[0].catch(() => {});  // whoever opens this page searches; a failure is told with the answer
    this.answer();
  }

  /** Names and words answer at every key; when the hand rests, the full text joins and the count is told. */
  typed(event) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(), REST);
    if (!event.isComposing) this.glance();
  }

  /** What can be said at once, without waiting for anything. */
  glance() {
    const query = this.box.value.trim();
    if (!this.whole || !query) return;
    this.asked += 1;  // an answer still on its way is for a question that stands no more
    const found = this.ranked(query);
    const results = this.passing(this.whole, found).slice(0, AT_A_GLANCE);
    this.show({ index: this.whole, query, results, routes: found.routes, state: "busy" });
  }

  /** The place in the history stays one, so that Back leaves the page. */
  settle() {
    const query = this.box.value.trim();
    if (query === this.query() && this.list.dataset.state === "done") return;
    history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
    this.answer();
  }

  /** The answer of names and words, worked out once a question. */
  ranked(query) {
    if (this.last?.query !== query) this.last = { query, found: answer(this.whole, query) };
    return this.last.found;
  }

  /** Names to choose from while typing; the browser shows those that fit, by name or by reading. */
  suggest(index) {
    const list = document.querySelector("#search-names");
    if (list.children.length) return;
    list.append(...index.records.map(([, , name, yomi]) => {
      const option = document.createElement("option");
      option.value = name;
      option.label = yomi;
      return option;
    }));
  }

  /** Both files, asked for once, when the page opens; the first has the line to itself. */
  load() {
    const get = (url) => fetch(url).then((answer) => answer.json());
    if (!this.files) {
      const core = get(this.root.dataset.index);
      this.files = [core, core.then(() => get(this.root.dataset.more))];
      this.files[1].catch(() => {});  // told where it is waited for
    }
    return this.files;
  }

  query() {
    return new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("q") ?? "";
  }

  async answer() {
    const query = this.query();
    const turn = ++this.asked;
    if (this.box.value.trim() !== query) this.box.value = query;
    if (!query) return this.show({ query, results: [], routes: [], state: "idle" });
    this.list.dataset.state = "busy";
    try {
      const index = await this.index(turn, query);
      const found = this.ranked(query);
      const results = await this.fuse(index, query, found);
      // A later question may have been asked meanwhile: only the last one is shown.
      if (turn === this.asked) this.show({ index, query, results, routes: found.routes, state: "done" });
    } catch (error) {
      this.files = null;
      if (turn === this.asked) this.fail(query, error);
    }
  }

  /** The whole index; a first answer from the first file alone is shown when the second lets us wait. */
  async index(turn, query) {
    if (this.whole) return this.whole;
    const [core, more] = this.load();
    const first = await core;
    const late = new Promise((resolve) => { setTimeout(() => resolve(null), PATIENCE); });
    if (!(await Promise.race([more, late])) && turn === this.asked) {
      const index = prepare(first, {});
      const found = answer(index, query);
      const results = this.passing(index, found);
      if (results.length) this.show({ index, query, results, routes: found.routes, state: "busy" });
    }
    this.whole ??= await (this.preparing ??= prepareInSteps(first, await more));
    this.suggest(this.whole);
    return this.whole;
  }

  /** One list out of names and words, and the full text where those explain little. */
  async fuse(index, query, found) {
    const { explained, elsewhere } = found;
    const results = this.passing(index, found);
    if (elsewhere || (results.length >= FEW && explained >= ENOUGH)) return results;
    const known = new Set(results.map((result) => result.record));
    const numbers = new Map(index.records.map((record, i) => [this.address(record), i]));
    // Pagefind knows pages by their path below the site's root.
    const pages = (await this.fullText(query)).map(({ url, share }) => ({ record: numbers.get(this.root.dataset.base + url.replace(/^\//u, "")), share, why: "" }));
    const fresh = this.passing(index, { results: pages.filter(({ record }) => record !== undefined && !known.has(record)) });
    const telling = explained < ENOUGH ? fresh.filter((one) => one.share >= TELLING) : [];
    return [...telling, ...results, ...fresh.filter((one) => !telling.includes(one))];
  }

  address([id, kind]) {
    return `${this.root.dataset.base}${kind === "p" ? "programs" : "consultation"}/${id}/`;
  }

  /** The results that the filters let through. */
  passing(index, { results }) {
    const field = (name) => this.filters.querySelector(`[data-filter=${name}]`);
    const [situation, wanted, ways] = [field("situation").value, field("unit").value, field("ways").checked];
    return results.filter(({ record }) => {
      const [, , , , , , situations, unit, otherWays] = index.records[record];
      const fits = !situation || situations.some((i) => index.core.situations[i] === situation);
      return fits && (!wanted || unit === wanted) && (!ways || otherWays === 1);
    });
  }

  show({ index, query, results, routes, state }) {
    for (const element of this.urgent.querySelectorAll("[data-route]")) {
      element.hidden = !routes.includes(element.dataset.route);
    }
    this.urgent.hidden = routes.length === 0;
    this.list.replaceChildren(...results.map((result) => this.card(index, result)));
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

  /** One result as a list item; text only, never HTML from data. */
  card(index, { record: number, why }) {
    const record = index.records[number];
    const [id, , name, , , , , , , [window, label, phone]] = record;
    const item = element("li", "g-card");
    item.dataset.id = id;
    const link = element("a", "g-card__name", name);
    link.href = this.address(record);
    item.append(link);
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
}

function said(count) {
  return count ? `${count}件見つかりました。` : "見つかりませんでした。電話で聞ける先を下に出しています。";
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
