// The search page. Contract: `#q=<query>` is answered in #search-results with data-query and data-state="done".
import { fullText } from "./fulltext.js";
import { best } from "./rank.js";
import { SearchFiles } from "./files.js";
import { Place } from "./place.js";
import { SearchView } from "./view.js";
import { wardOf } from "../page/ward.js";

// How long an answer waits for the second file, in milliseconds, before a part of it is shown.
const PATIENCE = 300;
// How long a typing hand must rest before the whole list and the count are told, in milliseconds.
const REST = 250;
// As many results are shown while the hand is typing: more would keep a slow phone busy laying them out.
const AT_A_GLANCE = 3;
// How long the words of the pages may take, in milliseconds, once somebody has asked for them.
const PAGES = 30000;
// After so many milliseconds without an answer it is said that the search goes on.
const SLOW = 1000;

/** @param {HTMLElement} root */
export function startPage(root) {
  new SearchPage(root).begin();
}

class SearchPage {
  constructor(root) {
    this.root = root;
    this.view = new SearchView(root);
    this.list = root.querySelector("#search-results");
    this.filters = root.querySelector(".g-filters");
    this.form = document.querySelector("main [data-module=search-form]");
    this.box = this.form.querySelector("input");
    this.fullText = fullText(root.dataset.pagefind);
    this.files = new SearchFiles(root.dataset);
    this.place = new Place(this.list);
    this.asked = 0;
  }

  begin() {
    addEventListener("hashchange", () => {
      this.place.take();
      this.answer();
    });
    addEventListener("pageshow", () => this.returned());
    addEventListener("ward", () => this.answer());
    addEventListener("online", () => this.isSettled() && !this.files.whole && this.answer({ again: true }));
    this.form.addEventListener("submit", () => this.settle());
    this.filters.addEventListener("change", () => this.ask());
    this.root.querySelector(".g-nothing button").addEventListener("click", () => this.withoutFilters());
    this.view.deeper.addEventListener("click", () => this.deeper());
    this.box.addEventListener("input", (event) => this.typed(event));
    this.box.addEventListener("compositionend", (event) => this.typed(event));
    this.place.take();
    this.load();  // whoever opens this page searches
    if (this.query() || !this.box.value.trim()) this.answer();
    else this.ask();  // somebody was faster than this script
  }

  /** Whoever comes back finds the filters as they were (browsers remember fields), and sees them. */
  returned() {
    if (this.chosen().some(Boolean)) this.filters.open = true;
    if (this.query() && this.asFor !== this.key(this.query())) this.answer();
  }

  async load() {
    const whole = await this.files.both();
    if (whole) this.suggest(whole);
  }

  /** Names and words answer at every key; when the hand rests, the whole list and the count follow. */
  typed(event) {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(), REST);
    if (!event.isComposing) this.glance();
  }

  /** What can be said at once, without waiting for anything. */
  glance() {
    const query = this.box.value.trim();
    const index = this.files.whole;
    if (!index || !query) return;
    this.asked += 1;  // an answer still on its way is for a question that stands no more
    const found = this.found(index, query);
    this.show({ index, query, found, results: this.passing(index, found).slice(0, AT_A_GLANCE), state: "busy" });
  }

  /** Answers what stands in the box, unless that is answered by all of the words. */
  settle() {
    clearTimeout(this.resting);
    if (this.box.value.trim() !== this.query() || this.list.dataset.state !== "done" || !this.files.whole) this.ask();
  }

  isSettled() {
    return ["done", "failed"].includes(this.list.dataset.state);
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
  found(index, query) {
    if (this.last?.query !== query || this.last.index !== index) this.last = { index, query, found: this.files.answer(index, query) };
    return this.last.found;
  }

  /** Names to choose from while typing; the browser shows those that fit, by name or by reading. */
  suggest(index) {
    document.querySelector("#search-names").replaceChildren(...index.records.map(([, , name, yomi]) => {
      const option = document.createElement("option");
      option.value = name;
      option.label = yomi;
      return option;
    }));
  }

  query() {
    return new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B")).get("q") ?? "";
  }

  /** `again`: nobody asked, the line is back; so nothing that stands may move. */
  async answer({ again = false } = {}) {
    const query = this.query();
    const turn = ++this.asked;
    const stands = () => turn === this.asked;  // a later question may have been asked meanwhile: only the last one is shown
    if (this.box.value.trim() !== query) this.box.value = query;
    this.asFor = this.key(query);
    if (!query) return this.show({ query, results: [], state: "idle" });
    if (!again) this.view.begin(this.key(query), this.files.whole !== null);
    this.list.dataset.state = "busy";
    const long = setTimeout(() => { if (stands()) this.view.slow(this.files.whole !== null); }, SLOW);
    try {
      const index = await this.index(query, stands);
      if (stands()) this.tell(index, query);
    } catch (error) {
      console.error(error);
      if (stands()) this.show({ query, results: [], state: "failed", half: "failed" });
    } finally {
      clearTimeout(long);
    }
  }

  /** The whole index; the first file's alone when the second cannot be had. What that knows is shown while we wait. */
  async index(query, stands) {
    if (this.files.whole) return this.files.whole;
    const late = new Promise((resolve) => { setTimeout(() => resolve("late"), PATIENCE); });
    const both = this.files.both();
    await this.files.first();
    if ((await Promise.race([both, late])) === "late" && stands()) {
      const part = await this.files.part();
      const found = this.found(part, query);
      const results = this.passing(part, found);
      if (results.length || found.routes.length) this.show({ index: part, query, found, results, state: "busy", half: "loading" });
    }
    return (await both) ?? this.files.part();
  }

  /** The answer of names and words. A part of the words is all that a part of the files can say. */
  tell(index, query) {
    const found = this.found(index, query);
    const results = this.passing(index, found);
    const isWhole = index === this.files.whole;
    const told = isWhole || found.ranked.length || found.routes.length;
    const half = told ? "part" : "failed";
    this.show({ index, query, found, results, state: told ? "done" : "failed", half: isWhole ? null : half });
  }

  /**
   * The words of the pages themselves, when somebody asks for them: below what stands. Not by itself: it found nothing that
   * names and words had not, and what it fetches would tell one question from another (see fulltext.js).
   */
  async deeper() {
    const [query, index, turn] = [this.query(), this.files.whole, ++this.asked];
    const found = this.found(index, query);
    const results = this.passing(index, found);
    this.view.looking();
    const late = new Promise((resolve) => { setTimeout(() => resolve(null), PAGES); });
    const pages = await Promise.race([this.fullText(query), late]);
    if (turn !== this.asked) return;
    const known = new Set(results.map((result) => result.record));
    const numbers = new Map(index.records.map((record, i) => [this.address(record, this.root.dataset.base), i]));
    // Pagefind knows pages by their path below the site's root.
    const more = (pages ?? []).map(({ url }) => ({ record: numbers.get(this.root.dataset.base + url.replace(/^\//u, "")), why: "" }));
    const fresh = more.filter(({ record }) => record !== undefined && !known.has(record)).filter(this.filter(index));
    this.show({ index, query, found, results: [...results, ...fresh], state: "done", deep: pages ? fresh.length : "failed" });
  }

  address([id, kind], start) {
    return `${start}${kind === "p" ? "programs" : "consultation"}/${id}/`;
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

  /** The filters chosen, in words. */
  chosenInWords() {
    const [situation, unit, ways] = ["situation", "unit", "ways"].map((name) => this.filters.querySelector(`[data-filter=${name}]`));
    const named = [situation, unit].filter(({ value }) => value).map((select) => select.selectedOptions[0].textContent);
    return ways.checked ? [...named, ways.dataset.short] : named;
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

  /** Tells one question, with what it is filtered by and the ward chosen, from another. */
  key(query) {
    return [query, ...this.chosen(), wardOf(this.root.dataset.base)].join("\n");
  }

  show({ index, query, found = { routes: [], ranked: [] }, results, state, half = null, deep = null }) {
    const laid = results.map((result) => ({ ...result, href: this.address(index.records[result.record], this.root.dataset.start) }));
    const filtered = this.chosen().some(Boolean) && found.ranked.length > 0 && results.length === 0;
    const filters = this.chosenInWords();
    this.view.show({ asked: this.key(query), index, query, routes: found.routes, results: laid, state, half, filtered, filters, deep });
    if (state === "done") this.place.restore();
  }
}
