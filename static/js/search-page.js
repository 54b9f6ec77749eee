// The search page. Contract: `#q=<query>` is answered in #search-results with data-query and data-state="done".
import { wardIn } from "./areas.js";
import { callOf } from "./call.js";
import { element } from "./dom.js";
import { fullText } from "./fulltext.js";
import { answer, best, prepare, prepareInSteps } from "./rank.js";
import { wardOf } from "./ward.js";

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
// How long the full text may take, in milliseconds: with an answer in hand, and with none.
const [WITH_ANSWER, WITH_NONE] = [2000, 10000];
// After so many milliseconds without an answer it is said that the search goes on.
const SLOW = 1000;

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
    this.wardSaid = root.querySelector(".g-ward__said");
    this.filters = root.querySelector(".g-filters");
    this.form = document.querySelector("main [data-module=search-form]");
    this.box = this.form.querySelector("input");
    this.fullText = fullText(root.dataset.pagefind);
    this.asked = 0;
    this.cards = new Map();
  }

  begin() {
    addEventListener("hashchange", () => this.answer());
    addEventListener("ward", () => this.answer());
    addEventListener("online", () => this.list.dataset.state === "failed" && this.answer());
    this.form.addEventListener("submit", () => this.settle());
    this.filters.addEventListener("change", () => this.ask());
    this.nothing.querySelector("button").addEventListener("click", () => this.withoutFilters());
    this.box.addEventListener("input", (event) => this.typed(event));
    this.box.addEventListener("compositionend", (event) => this.typed(event));
    this.load();  // whoever opens this page searches
    if (this.query() || !this.box.value.trim()) this.answer();
    else this.ask();  // somebody was faster than this script
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
    this.status.textContent = "";  // what was told was of another question, and the same words would not be told again
    this.show({ index: this.whole, query, found, results: this.passing(this.whole, found).slice(0, AT_A_GLANCE), state: "busy" });
  }

  /** Answers what stands in the box, unless that is answered. */
  settle() {
    clearTimeout(this.resting);
    if (this.box.value.trim() !== this.query() || this.list.dataset.state !== "done") this.ask();
  }

  /** Answers what stands in the box. The place in the history stays one, so that Back leaves the page. */
  ask() {
    const query = this.box.value.trim();
    history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : location.pathname);
    this.answer();
  }

  withoutFilters() {
    for (const select of this.filters.querySelectorAll("select")) select.value = "";
    this.filters.querySelector("[data-filter=ways]").checked = false;
    this.ask();
    this.box.focus();
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

  /**
   * Asks for both files, once; the first (`core`) has the line to itself. `later` is the index of both; null when the
   * second could not be had. Whoever finds a file missing has `files` asked for again.
   */
  load() {
    if (this.files) return this.files;
    const get = async (url) => (await fetch(url)).json();
    const core = get(this.root.dataset.index);
    const more = core.then(() => get(this.root.dataset.more));
    const later = Promise.all([core, more]).then(([first, second]) => prepareInSteps(first, second)).then((whole) => {
      this.whole = whole;
      this.suggest(whole);
      return whole;
    });
    const missing = (error) => {
      console.info("half of the words is missing:", error.message);
      return null;
    };
    this.files = { core, later: later.catch(missing) };
    return this.files;
  }

  query() {
    return new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("q") ?? "";
  }

  async answer() {
    const query = this.query();
    const turn = ++this.asked;
    const stands = () => turn === this.asked;  // a later question may have been asked meanwhile: only the last one is shown
    if (this.box.value.trim() !== query) this.box.value = query;
    if (!query) return this.show({ query, results: [], state: "idle" });
    this.list.dataset.state = "busy";
    this.status.textContent = "";
    const long = setTimeout(() => { if (stands()) this.status.textContent = "探しています。"; }, SLOW);
    try {
      const index = await this.index(query, stands);
      if (!stands()) return;
      const found = index === this.whole ? this.ranked(query) : answer(index, query);
      const known = this.passing(index, found);
      this.show({ index, query, found, results: known, state: "busy" });
      const results = await this.fuse(index, query, found, known);
      // Half of the words cannot say that there is nothing.
      const told = index === this.whole || results.length || found.routes.length;
      if (stands()) this.show({ index, query, found, results, state: told ? "done" : "failed" });
    } catch (error) {
      console.error(error);
      this.files = null;
      if (stands()) this.show({ query, results: [], state: "failed" });
    } finally {
      clearTimeout(long);
    }
  }

  /** The whole index; the first file's alone when the second cannot be had. What that knows is shown while we wait. */
  async index(query, stands) {
    if (this.whole) return this.whole;
    const { core, later } = this.load();
    const late = new Promise((resolve) => { setTimeout(() => resolve("late"), PATIENCE); });
    const first = await core;
    const early = () => (this.early ??= prepare(first, {}));
    if ((await Promise.race([later, late])) === "late" && stands()) {
      const index = early();
      const found = answer(index, query);
      const results = this.passing(index, found);
      if (results.length || found.routes.length) this.show({ index, query, found, results, state: "busy" });
    }
    const whole = await later;
    if (!whole) this.files = null;  // the next question tries again
    return whole ?? early();
  }

  /** One list out of what names and words found, and the full text where those explain little. */
  async fuse(index, query, { explained, elsewhere }, results) {
    if (elsewhere || (results.length >= FEW && explained >= ENOUGH)) return results;
    const known = new Set(results.map((result) => result.record));
    const numbers = new Map(index.records.map((record, i) => [this.address(record), i]));
    const tooLate = new Promise((resolve) => { setTimeout(() => resolve([]), results.length ? WITH_ANSWER : WITH_NONE); });
    // Pagefind knows pages by their path below the site's root.
    const pages = (await Promise.race([this.fullText(query), tooLate])).map(({ url, share }) => {
      return { record: numbers.get(this.root.dataset.base + url.replace(/^\//u, "")), share, why: "" };
    });
    const fresh = pages.filter(({ record }) => record !== undefined && !known.has(record)).filter(this.filter(index));
    // Nothing moves under the hand of somebody who is already among the results.
    const telling = explained < ENOUGH && !this.list.contains(document.activeElement) ? fresh.filter((one) => one.share >= TELLING) : [];
    return [...telling, ...results, ...fresh.filter((one) => !telling.includes(one))];
  }

  address([id, kind]) {
    return `${this.root.dataset.base}${kind === "p" ? "programs" : "consultation"}/${id}/`;
  }

  /** The best results that the filters let through. */
  passing(index, { ranked }) {
    return best(ranked, this.filter(index));
  }

  /** What is chosen of the filters: situation, unit, other ways. */
  chosen() {
    const field = (name) => this.filters.querySelector(`[data-filter=${name}]`);
    return [field("situation").value, field("unit").value, field("ways").checked];
  }

  /** Tells of a result whether the filters let it through. */
  filter(index) {
    const [situation, wanted, ways] = this.chosen();
    return ({ record }) => {
      const [, , , , , , situations, unit, otherWays] = index.records[record];
      const fits = !situation || situations.some((i) => index.core.situations[i] === situation);
      return fits && (!wanted || unit === wanted) && (!ways || otherWays === 1);
    };
  }

  show({ index, query, found = { routes: [], ranked: [] }, results, state }) {
    const { routes, ranked } = found;
    for (const element of this.urgent.querySelectorAll("[data-route]")) {
      element.hidden = !routes.includes(element.dataset.route);
    }
    this.urgent.hidden = routes.length === 0;
    this.lay(index, results, this.ward(index, query));
    const filtered = this.chosen().some(Boolean);
    const why = state === "failed" ? "failed" : filtered && ranked.length ? "filtered" : "nothing";
    this.nothing.hidden = results.length > 0 || !["done", "failed"].includes(state);
    for (const element of this.nothing.querySelectorAll("[data-why]")) element.hidden = element.dataset.why !== why;
    this.filters.hidden = state === "idle";
    if (state !== "busy") this.status.textContent = state === "idle" ? "" : said(results.length, routes, why);
    this.list.dataset.query = query;
    this.list.dataset.state = state;
  }

  /** The ward whose numbers are shown: the question's, else the chosen one. Where the question tells it, it is said. */
  ward(index, query) {
    const { ward, school } = index ? wardIn(index.core, query) : { ward: "", school: "" };
    const told = school ? `「${school}」の学校は${ward}にあります。住んでいる区が違うときは、上で選び直してください。` : "";
    this.wardSaid.textContent = ward ? `${ward}の番号を出しています。${told}` : "";
    this.wardSaid.hidden = !ward;
    return ward || wardOf(this.root.dataset.base);
  }

  /** Puts the results into the list. A card that stays is not touched: it may have the focus or a finger on it. */
  lay(index, results, ward) {
    const cards = new Map(results.map((result) => {
      const key = [result.record, result.why, ward, Boolean(index.more.summaries)].join();
      return [key, this.cards.get(key) ?? this.card(index, result, ward)];
    }));
    for (const [key, card] of this.cards) if (!cards.has(key)) card.remove();
    this.cards = cards;
    [...cards.values()].forEach((card, place) => {
      if (this.list.children[place] !== card) this.list.insertBefore(card, this.list.children[place] ?? null);
    });
  }

  /** One result as a list item; text only, never HTML from data. */
  card(index, { record: number, why }, ward) {
    const record = index.records[number];
    const [id, , name, , , , , , , , status] = record;
    const item = element("li", "g-card");
    item.dataset.id = id;
    const link = element("a", "g-card__name", name);
    link.href = this.address(record);
    item.append(link);
    if (status) item.append(element("p", "g-tag", status));
    if (index.more.summaries) item.append(element("p", "g-card__text", index.more.summaries[number]));
    if (why && !name.includes(why)) item.append(element("p", "g-card__why", `「${why}」に近い言葉です。`));
    item.append(callOf(index, number, ward));
    return item;
  }
}

/** What is told when the answer stands. */
function said(count, routes, why) {
  const outcome = {
    failed: "言葉の一覧を読み込めませんでした。",
    filtered: "しぼりこみに合うものが、ありませんでした。",
    nothing: "見つかりませんでした。電話で聞ける先を下に出しています。",
  };
  return (routes.length ? "急ぎの電話先を上に出しました。" : "") + (count ? `${count}件見つかりました。` : outcome[why]);
}
