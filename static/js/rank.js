// Scores records against a question: the twin of guide/rank.py, with the same constants. Values in, values out.
import { alike, kana } from "./latin.js";
import { cut, grams, isKanji, pieces, runs } from "./normalise.js";

const WEIGHTS = { name: 1, yomi: 0.9, word: 1, summary: 0.45, need: 0.85, elsewhere: 1.1 };
const SINGLE_KANJI = 0.5;
const GUESSED = 0.8;
const EQUAL = 0.5;
const [EXACT, EXACT_NEED, BEGINS, INSIDE] = [100, 40, 10, 1.5];
const DECAY = [1, 0.9, 0.75, 0.65, 0.6, 0.55, 0.5, 0.5];
const NEEDS = 8;
const [MORE, FALL] = [0.5, 0.4];
const NOT_OF_THE_PLAN = 0.85;
const LEAST_COVERAGE = 0.1;
const [SECOND, APART] = [0.4, 0.25];
const LEAST_SHARE = 0.35;
const MOST = 20;
const [A_THIRD, MOST_OF, NEAR, HALF] = [0.3, 0.6, 0.8, 0.5];
const STEP = 40;  // milliseconds of work before the page gets its turn
const LATIN = /^[a-z0-9]+$/u;

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
  return { core, more, records, keys, owners, ...terms(core, more), ...(yield* tables(keys, owners)) };
}

/** The words that are looked for anywhere in a question, ready to be looked for: see `sayer`. */
function terms(core, more) {
  const both = (name) => [...core[name], ...(more[name] ?? [])];
  return {
    equals: (more.equals ?? []).map((group) => ({ says: group.map(term), group })),
    calm: both("calm").map(term),
    urgent: both("urgent").map(([id, words]) => [id, words.split("|").map(term)]),
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

function* tables(keys, { length: total }) {
  const postings = new Map();
  const counted = new Map();
  for (const [number, key] of keys.entries()) {
    for (const piece of key.pieces) count(postings, counted, piece, number, key.owner);
    if (number % 500 === 0) yield;
  }
  const rarity = new Map([...counted].map(([piece, { count }]) => [piece, Math.log(1 + total / count)]));
  const table = { postings, rarity, rarest: Math.log(1 + total), latin: [...rarity.keys()].filter((p) => LATIN.test(p)).sort() };
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

export function weightOf(index, piece) {
  const weight = index.rarity.get(piece) ?? index.rarest;
  return isKanji(piece) ? weight * SINGLE_KANJI : weight;
}

/** The question's pieces with how surely each is meant; Latin words are guessed, equal words added. */
export function asked(index, query) {
  const found = new Map();
  for (const piece of pieces(query)) {
    if (index.rarity.has(piece) || !LATIN.test(piece)) found.set(piece, 1);
    else for (const [guess, surely] of guesses(index, piece)) found.set(guess, Math.max(found.get(guess) ?? 0, surely));
  }
  const says = sayer(query);
  for (const { says: known, group } of index.equals) {
    if (known.some(says)) {
      for (const piece of group.flatMap((word) => pieces(word))) if (!found.has(piece)) found.set(piece, EQUAL);
    }
  }
  return found;
}

/** Tells of a term whether the question holds it. */
function sayer(query) {
  const whole = cut(query).joined;
  const spaced = ` ${runs(query).join(" ")} `;
  return (known) => (known[0] === " " ? spaced : whole).includes(known);
}

function guesses(index, word) {
  const begins = index.latin.filter((known) => word.length > 2 && known.startsWith(word));
  const similar = begins.length ? begins : index.latin.filter((known) => word.length > 4 && alike(word, known));
  if (similar.length) return similar.slice(0, 5).map((known) => [known, GUESSED]);
  const reading = kana(word);
  return reading && reading.length > 1 ? grams(reading).map((piece) => [piece, 1]) : [[word, 1]];
}

/**
 * Everything that the search page says to a question, out of one scoring: {ranked, routes, explained, elsewhere}.
 * `ranked` holds also records that are too far behind to be shown: see \`best\`. None at all: "no good answer".
 * `explained` is the share (0 to 1) that the best record or need explains.
 */
export function answer(index, query) {
  const meant = asked(index, query);
  const scores = ownerScores(index, meant, cut(query).joined);
  const known = scores.filter((one) => one.kind !== "elsewhere");
  const needs = bestNeeds(scores);
  let total = 0;
  for (const [piece, surely] of meant) if (surely !== EQUAL) total += weightOf(index, piece) * surely;
  const most = known.reduce((best, one) => Math.max(best, one.coverage), 0);
  const explained = total ? Math.min(1, most / total) : 0;
  const elsewhere = foreign(scores);
  let ranked = [];
  if (explained >= LEAST_COVERAGE && !elsewhere) ranked = withSecondNeed(index, needs, meant, collect(index, known, needs));
  return { ranked, routes: routesOf(index, needs, query), explained, elsewhere };
}

/** Those of ranked results that are not too far behind the first, and that a filter lets through. */
export function best(ranked, fits = () => true) {
  return ranked.filter((result) => result.score >= LEAST_SHARE * ranked[0].score).filter(fits).slice(0, MOST);
}

/** True when a topic that this guide does not hold answers the question better than any record or need. */
function foreign(scores) {
  const most = (kinds) => scores.reduce((best, one) => (kinds.includes(one.kind) ? Math.max(best, one.score) : best), 0);
  return most(["elsewhere"]) > most(["record", "need"]);
}

/** For each record, need and topic: its score, how much of the question it covers, its best key and that key's share. */
function ownerScores(index, meant, whole) {
  const { keys, owners, ownerOf, worths, weights, shared } = index;
  const { coverage, touched } = matched(index, meant);
  const scores = new Float64Array(owners.length);
  const best = new Uint32Array(owners.length);
  for (const number of touched) {
    const owner = ownerOf[number];
    const said = worths[number] * shared[number] * Math.sqrt(shared[number] / weights[number]);
    const score = said + bonus(keys[number].text, whole, owners[owner].kind);
    if (score > scores[owner]) {
      scores[owner] = score;
      best[owner] = number;
    }
  }
  const found = [];
  for (const [number, { kind, number: of, first, end }] of owners.entries()) {
    if (scores[number] === 0) continue;
    const key = best[number];
    const [score, share] = [scores[number] + coverage[number], shared[key] / weights[key]];
    found.push({ kind, number: of, first, end, score, share, coverage: coverage[number], text: keys[key].shown });
  }
  for (const number of touched) shared[number] = 0;  // one table for all questions: a new one each time is work for nothing
  return found;
}

/** Fills `shared`: what each key shares with the question. Returns how much of it each owner covers, and the keys that share. */
function matched(index, meant) {
  const { postings, shared, owners, ownerOf, worths } = index;
  const coverage = new Float64Array(owners.length);
  const counted = new Float64Array(owners.length);  // what the piece at hand has brought to an owner so far
  const touched = [];
  for (const [piece, surely] of meant) {
    const weight = weightOf(index, piece) * surely;
    const numbers = postings.get(piece) ?? [];
    for (const number of numbers) {
      if (shared[number] === 0) touched.push(number);
      shared[number] += weight;
      const owner = ownerOf[number];
      const more = weight * worths[number] - counted[owner];
      if (more > 0) {
        coverage[owner] += more;
        counted[owner] += more;
      }
    }
    for (const number of numbers) counted[ownerOf[number]] = 0;
  }
  return { coverage, touched };
}

/** The pieces of the question that a need says, each with its weight. */
function saidBy(index, { first, end }, meant) {
  const said = [...meant].filter(([piece]) => isAmong(index.postings.get(piece) ?? [], first, end));
  return new Map(said.map(([piece, surely]) => [piece, weightOf(index, piece) * surely]));
}

/** Whether one of the numbers, which stand in order, is at least `first` and below `end`. */
function isAmong(numbers, first, end) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < first) low = middle + 1;
    else high = middle;
  }
  return low < numbers.length && numbers[low] < end;
}

function bonus(text, whole, kind) {
  if (text.length > whole.length) return whole.length > 1 && text.startsWith(whole) ? (BEGINS * whole.length) / text.length : 0;
  if (text === whole) return kind === "record" ? EXACT : EXACT_NEED;
  return text.length > 1 && whole.includes(text) ? INSIDE * Math.sqrt(text.length) : 0;
}

/** The needs that the question says best. */
function bestNeeds(scores) {
  return scores.filter((one) => one.kind === "need").sort((a, b) => b.score - a.score || a.number - b.number).slice(0, NEEDS);
}

function collect(index, scores, needs) {
  const parts = new Map();
  const put = (record, score, why) => {
    if (!parts.has(record)) parts.set(record, []);
    parts.get(record).push({ score, why });
  };
  for (const one of scores) if (one.kind === "record") put(one.number, one.score, one.text);
  for (const need of needs) {
    index.more.needs[need.number][1].forEach((record, place) => {
      put(record, need.score * DECAY[Math.min(place, DECAY.length - 1)], need.text);
    });
  }
  const results = [...parts].map(([record, found]) => {
    found.sort((a, b) => b.score - a.score);
    let further = 0;
    found.slice(1).forEach((part, n) => { further += part.score * FALL ** n; });
    const score = (found[0].score + MORE * further) * (index.records[record][5] ? 1 : NOT_OF_THE_PLAN);
    return { record, score, why: found[0].why };
  });
  return results.sort((a, b) => b.score - a.score || a.record - b.record);
}

/** When the question holds a second need said in other words than the best one, its best record comes third. */
function withSecondNeed(index, [best, ...others], meant, results) {
  const said = best && saidBy(index, best, meant);
  for (const need of others) {
    if (need.score < SECOND * best.score) break;
    let common = 0;
    let all = 0;
    for (const [piece, weight] of saidBy(index, need, meant)) {
      all += weight;
      if (said.has(piece)) common += weight;
    }
    if (common <= APART * all) {
      const [led, firstLed] = [need, best].map(({ number }) => index.more.needs[number][1]);
      const place = results.findIndex(({ record }) => led.includes(record) && !firstLed.includes(record));
      if (place > 2) results.splice(2, 0, ...results.splice(place, 1));
      break;
    }
  }
  return results;
}

/** The ids of the emergency routes that a question calls for; none for questions about procedure. */
function routesOf(index, needs, query) {
  const says = sayer(query);
  if (index.calm.some(says)) return [];
  const called = new Set(index.urgent.filter(([, words]) => words.some(says)).map(([id]) => id));
  const routes = index.core.urgent.map(([id]) => id).filter((id) => called.has(id));
  return [...new Set([...routes, ...needed(index, needs)])];
}

/** The routes that the best needs call for. */
function needed(index, needs) {
  const routeOf = (need) => index.more.needs[need.number][2];
  const urgent = needs.filter(routeOf);
  const weight = (list) => list.reduce((sum, { score }) => sum + score ** 2, 0);
  const called = urgent.filter((need) => {
    return need === needs[0] ? need.share >= A_THIRD : need.share >= MOST_OF && need.score >= NEAR * needs[0].score;
  });
  if (urgent.length && weight(urgent) >= HALF * weight(needs)) called.push(urgent[0]);
  return called.map(routeOf);
}
