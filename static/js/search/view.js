// Lays an answer on the search page. What has stood for a second stays where it is: there may be a finger on it.
import { wardIn } from "./areas.js";
import { reasons } from "./closeness.js";
import { searchCard } from "./card.js";
import { settlePlace } from "../page/place.js";
import { showWard, wardOf } from "../page/ward.js";
import { filled, toSay } from "../page/words.js";
import { areaName } from "./told.js";

// After so many milliseconds in one place a thing does not move any more, until somebody asks something else.
const STOOD = 1000;

export class SearchView {
  constructor(root) {
    const one = (selector) => root.querySelector(selector);
    this.root = root;
    this.words = toSay(root);
    this.list = one("#search-results");
    this.urgent = one("#search-urgent");
    this.routes = [...this.urgent.querySelectorAll("[data-route]")];
    this.half = one("#search-half");
    this.numbers = one(".g-half__numbers");
    this.status = one("[role=status]");
    this.nothing = one(".g-nothing");
    this.filters = one(".g-filters");
    this.wardSaid = one(".g-ward__said");
    this.deeper = one(".g-deeper");
    this.cards = new Map();
    this.since = new Map();  // when each thing that is shown came to its place
  }

  /** Somebody asked. What answers another question goes, unless the answer to this one is at hand. */
  begin(asked, atHand) {
    this.restart();
    this.status.textContent = "";  // the same words would not be told again
    if (asked !== this.asked && !atHand) this.show({ asked, query: this.list.dataset.query, results: [], state: "busy" });
  }

  /** It takes long: says so, and when nothing else is there to hold on to, whom to call. */
  slow(isWhole) {
    if (this.list.children.length || !this.urgent.hidden) return;
    this.status.textContent = this.words.searching;
    if (!isWhole) this.still(() => this.layHalf("waiting"));
  }

  /** Somebody asked for the words of the pages too. */
  looking() {
    if (document.activeElement === this.deeper) {  // what has the focus goes: it passes on to the list
      this.list.tabIndex = -1;
      this.list.focus({ preventScroll: true });
    }
    this.deeper.hidden = true;
    this.status.textContent = this.words.reading;
    this.list.dataset.state = "busy";
  }

  /**
   * Shows an answer. `asked` tells questions (with their filters) apart; `half` is what kind of note on missing words
   * is due, if any; `filtered` says that filters hold all results back, `filters` names them; `deep` how many more the pages' words gave, where they
   * were asked, or that they could not be had.
   */
  show({ asked, index, query, routes = [], results, state, half = null, filtered = false, filters = [], deep = null }) {
    if (asked !== this.asked) this.restart();
    this.asked = asked;
    this.still(() => {
      const ward = this.wardFor(index, query);
      this.layRoutes(routes);
      this.layCards(index, query, results, ward);
      this.layHalf(half);
      this.layNothing(state, half, filtered);
      this.filters.hidden = state === "idle";
      this.deeper.hidden = state !== "done" || half !== null || (deep !== null && deep !== "failed");
      const tells = state === "done" || half;
      const count = this.list.children.length;
      this.status.textContent = tells ? said(this.words, { count, urgent: !this.urgent.hidden, half, filtered, filters }) + saidDeep(this.words, deep) : "";
    });
    // Room below, so that nothing is pulled down by a page that gets shorter, or out of reach of the scroll.
    this.root.classList.toggle("g-results--open", state === "busy" || this.first() !== undefined);
    document.body.classList.toggle("g-sensitive", !this.urgent.hidden || this.list.querySelector("[data-sensitive]") !== null);
    this.list.dataset.query = query;
    this.list.dataset.state = state;
    settlePlace();  // whoever comes back finds the card again that he left
  }

  /** The ward whose numbers are shown: the question's, else the chosen one. Where the question tells it, it is said. */
  wardFor(index, query) {
    const { ward, school, open } = index ? wardIn(index.core, query) : { ward: "", school: "", open: false };
    const named = (area) => (index ? areaName(index.core, area) : area);
    const told = school ? filled(this.words.school, { school, ward: named(ward) }) : "";
    const shown = open ? "" : ward || wardOf(this.root.dataset.base);
    const chosen = ward ? told : this.words.chosen;
    this.wardSaid.textContent = shown ? filled(this.words.ward, { ward: named(shown) }) + chosen : "";
    this.wardSaid.hidden = !shown;
    if (shown !== this.ward) showWard(this.urgent, shown);
    this.ward = shown;
    return shown;
  }

  /** Makes a change under which what has stood keeps its place on the screen, whatever comes above it. */
  still(change) {
    const standing = this.first();
    const before = standing?.getBoundingClientRect().top;
    change();
    if (standing) scrollBy({ top: standing.getBoundingClientRect().top - before, behavior: "instant" });
  }

  /** The first thing, from the top, that has stood. */
  first() {
    return [...this.urgent.querySelectorAll("[data-route]"), this.half, ...this.list.children].find((thing) => this.hasStood(thing));
  }

  hasStood(thing) {
    return performance.now() - (this.since.get(thing) ?? Infinity) >= STOOD;
  }

  /** From now on everything may change for a second more. */
  restart() {
    for (const thing of this.since.keys()) this.since.set(thing, performance.now());
  }

  /** Shows a thing or hides it, and keeps when it came. */
  set(thing, shown) {
    thing.hidden = !shown;
    if (!shown) this.since.delete(thing);
    else if (!this.since.has(thing)) this.since.set(thing, performance.now());
  }

  /** Emergency routes, the one that fits best first. Those that stand stay; late ones go above, for what is below may have stood. */
  layRoutes(called) {
    const standing = [...this.urgent.querySelectorAll("[data-route]")].filter((route) => this.hasStood(route));
    const fitting = called.map((id) => this.routes.find((route) => route.dataset.route === id));
    const late = fitting.filter((route) => !standing.includes(route));
    if (standing.length) standing[0].before(...late.filter((route) => route.hidden));
    else settleInto(this.urgent.lastElementChild, [...fitting, ...this.routes.filter((route) => !fitting.includes(route))]);
    for (const route of this.routes) this.set(route, standing.includes(route) || late.includes(route));
    this.urgent.hidden = standing.length + late.length === 0;
  }

  /**
   * Puts the results into the list, best first. All up to the last card that has stood stays as it is, the rest follows.
   * A card that stays is not touched; one with the focus stays the same card, wherever it comes to stand.
   */
  layCards(index, query, results, ward) {
    const old = [...this.list.children];
    const kept = old.slice(0, Math.max(0, ...old.map((card, place) => (this.hasStood(card) ? place + 1 : 0))));
    const known = new Set(kept.map((card) => card.dataset.id));
    const why = results.length ? reasons(index, query) : null;
    const focused = old.find((card) => card.contains(document.activeElement));
    const fresh = results.filter(({ record }) => !known.has(index.records[record][0])).map((result) => {
      const { record, href } = result;
      if (focused?.dataset.id === index.records[record][0]) return focused;
      const reason = why(result);
      const key = [record, reason, ward, Boolean(index.more.summaries)].join();
      if (!this.cards.has(key)) this.cards.set(key, searchCard(index, this.words, { number: record, why: reason, href, ward }));
      return this.cards.get(key);
    });
    const cards = [...kept, ...fresh];
    for (const card of old.filter((each) => !cards.includes(each))) {
      card.remove();
      this.since.delete(card);
    }
    for (const [key, card] of this.cards) if (!cards.includes(card)) this.cards.delete(key);
    settleInto(this.list, cards);
    const moved = cards.findIndex((card, place) => card !== old[place]);
    for (const card of moved < 0 ? [] : cards.slice(moved)) this.since.set(card, performance.now());
  }

  /** The note that only a part of the words is there. Once it has stood it stays, and says at last that all is there. */
  layHalf(kind) {
    const stood = this.hasStood(this.half);
    const text = kind ?? (stood ? "whole" : "");
    if (!stood) this.numbers.hidden = this.list.children.length > 0 || !this.urgent.hidden;
    for (const each of this.half.querySelectorAll("[data-half]")) {
      each.classList.toggle("g-half__text--other", !each.dataset.half.split(" ").includes(text));
    }
    this.set(this.half, text !== "");
  }

  /** That nothing was found, only ever said by all of the words. */
  layNothing(state, half, filtered) {
    this.nothing.hidden = this.list.children.length > 0 || state !== "done" || (half !== null && !filtered);
    for (const each of this.nothing.querySelectorAll("[data-why]")) each.hidden = (each.dataset.why === "filtered") !== filtered;
  }
}

/** What is told when the answer stands. */
function said(words, { count, urgent, half, filtered, filters }) {
  const route = urgent ? words.urgent : "";
  const among = filters.length ? filled(words.among, { names: filters.map((name) => filled(words.quote, { name })).join("") }) : "";
  if (half === "failed") return words.failed;
  if (half && count) return route + among + filled(words.part_found, { count });
  if (count) return route + among + filled(words.found, { count });
  if (filtered) return route + among + words.filtered;
  return route + (half ? words.part : words.none);
}

/** What is told of the words of the pages. */
function saidDeep(words, deep) {
  if (deep === null) return "";
  if (deep === "failed") return words.deep_failed;
  return deep ? filled(words.deep, { count: deep }) : words.deep_none;
}

/** Gives a parent its children in this order; those that are in their place are not touched. */
function settleInto(parent, children) {
  children.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}
