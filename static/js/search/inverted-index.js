// The searchable keys of the two published files, with how rare each piece of them is. Ranking and routes work on this.
import { cut, isKanji } from "./normalise.js";

// What a match is worth by the field of its key.
const WEIGHTS = { name: 1, yomi: 0.9, word: 1, summary: 0.45, need: 0.85, elsewhere: 1.1 };
const SINGLE_KANJI = 0.5;  // a kanji alone tells less than a pair
const STOP = 0.2;  // so much of its weight a word keeps that tells of nothing
const STEP = 40;  // milliseconds of work before the page gets its turn
export const LATIN = /^[a-z0-9]+$/u;

/** The index of the two published files; `more` may be {} while the second is on its way. */
export function prepare(core, more) {
  const steps = preparing(core, more);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The same, in steps that leave the page free for whoever is typing. */
export async function prepareInSteps(core, more) {
  const steps = preparing(core, more);
  for (;;) {
    const until = performance.now() + STEP;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((next) => { setTimeout(next); });
  }
}

function* preparing(core, more) {
  const keys = [];
  const owners = [];
  const records = core.columns[0].map((_, i) => core.columns.map((column) => column[i]));
  for (const [number, [, , name, yomi, words]] of records.entries()) {
    const texts = [["name", name], ["yomi", yomi], ...words.split("|").map((word) => ["word", word])];
    if (more.words) texts.push(...more.words[number].split("|").map((word) => ["word", word]));
    if (more.summaries) texts.push(["summary", more.summaries[number]]);
    addOwner(keys, owners, "record", number, texts);
    yield;
  }
  for (const [kind, list] of [["need", (more.needs ?? []).map(([words]) => words)], ["elsewhere", more.elsewhere ?? []]]) {
    for (const [number, words] of list.entries()) {
      addOwner(keys, owners, kind, number, words.split("|").map((word) => [kind, word]));
      yield;
    }
  }
  const tabled = yield* tables(keys, owners, more);
  return { core, more, records, keys, owners, ...terms(core, more), ...tabled, elsewhere: elsewhereOf(keys, owners), signs: signsOf(more) };
}

/** Which keys are of topics elsewhere, and how many. */
function elsewhereOf(keys, owners) {
  const is = Uint8Array.from(keys, ({ owner }) => Number(owners[owner].kind === "elsewhere"));
  return { is, count: is.reduce((sum, one) => sum + one, 0) };
}

/** What was learned of pieces, each with its row among the levels; nothing in an edition without signs. */
function signsOf({ signs }) {
  return signs && { ...signs, rowOf: new Map(signs.pieces.split(" ").map((piece, row) => [piece, row])) };
}

/** The words that are looked for anywhere in a question, ready to be looked for: see `sayer`. */
function terms(core, more) {
  const both = (name) => [...core[name], ...(more[name] ?? [])];
  return {
    equals: (more.equals ?? []).map((group) => ({ says: group.map(term), group })),
    calm: both("calm").map(term),
    urgent: both("urgent").map(([id, words]) => [id, words.split("|").map((word) => [term(word), word.length])]),
  };
}

/** Latin words are looked for whole (`dv` is not in `advice`): with a space where a Latin letter stands; others anywhere. */
function term(word) {
  if (!/^[a-z0-9]/u.test(word)) return word.replaceAll(" ", "");
  return ` ${word}${/[a-z0-9]$/u.test(word) ? " " : ""}`;
}

/** An owner (record, need, topic) with its keys, which stand in one row: `first` up to `end`. */
function addOwner(keys, owners, kind, number, texts) {
  const owner = { kind, number, first: keys.length };
  for (const [field, text] of texts) {
    const found = cut(text);
    if (found.pieces.length) {
      keys.push({ owner: owners.length, worth: WEIGHTS[field], text: found.joined, pieces: found.pieces, shown: text });
    }
  }
  owners.push({ ...owner, end: keys.length });
}

function* tables(keys, { length: total }, { stops = "" }) {
  const postings = new Map();
  const counted = new Map();
  for (const [number, key] of keys.entries()) {
    for (const piece of key.pieces) count(postings, counted, piece, number, key.owner);
    if (number % 500 === 0) yield;
  }
  const rarity = new Map([...counted].map(([piece, { count }]) => [piece, Math.log(1 + total / count)]));
  const latin = [...rarity.keys()].filter((piece) => LATIN.test(piece)).sort();
  const table = { stops: new Set(stops.split(" ")), postings, rarity, rarest: Math.log(1 + total), latin };
  // What every key typed reads of thousands of keys stands in flat tables: a slow phone follows no pointers for it.
  const weights = new Float64Array(keys.length);
  for (const [number, key] of keys.entries()) {
    for (const piece of key.pieces) weights[number] += weightOf(table, piece);
    if (number % 500 === 0) yield;
  }
  const shared = new Float64Array(keys.length);
  const ownerOf = Uint32Array.from(keys, (key) => key.owner);
  const worths = Float64Array.from(keys, (key) => key.worth);
  return { ...table, weights, shared, ownerOf, worths };
}

function count(postings, counted, piece, number, owner) {
  const seen = counted.get(piece);
  if (!seen) {
    postings.set(piece, [number]);
    counted.set(piece, { last: owner, count: 1 });
    return;
  }
  postings.get(piece).push(number);
  if (seen.last !== owner) {
    seen.last = owner;
    seen.count += 1;
  }
}

/** How much a piece tells: the rarer among records and needs, the more; a kanji alone half. */
export function weightOf(index, piece) {
  const weight = index.rarity.get(piece) ?? index.rarest;
  return weight * (isKanji(piece) ? SINGLE_KANJI : index.stops.has(piece) ? STOP : 1);
}
