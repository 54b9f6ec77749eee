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
const [MORE, FALL] = [0.4, 0.4];
const NOT_OF_THE_PLAN = 0.85;
const LEAST_COVERAGE = 0.1;
const [SECOND, APART] = [0.4, 0.25];
const LEAST_SHARE = 0.35;
const MOST = 20;
const [FAR, HALF, TELLS, PART, CALLS, BESIDE, ALARM] = [-6, 0.5, 3, 20, 22, 0.5, 10];
const COMMON = 100;  // so many keys more of the common kind: see guide/keys.py
const STOP = 0.2;  // so much of its weight a word keeps that tells of nothing
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
  const tabled = yield* tables(keys, owners, more);
  return { core, more, records, keys, owners, ...terms(core, more), ...tabled, ...routed(keys, owners, more) };
}

/** "" (neither), "elsewhere" and the emergency routes of needs, which of them each key is of, and how many keys each has. */
function routed(keys, owners, more) {
  const routes = [...new Set(["", "elsewhere", ...(more.needs ?? []).map((need) => need[2])])];
  const routeOf = Uint8Array.from(keys, ({ owner }) => {
    const { kind, number } = owners[owner];
    return kind === "need" ? routes.indexOf(more.needs[number][2]) : Number(kind === "elsewhere");
  });
  const keysOf = routes.map(() => 0);
  for (const route of routeOf) keysOf[route] += 1;
  return { routes, routeOf, keysOf, telling: new Map() };
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

export function weightOf(index, piece) {
  const weight = index.rarity.get(piece) ?? index.rarest;
  return weight * (isKanji(piece) ? SINGLE_KANJI : index.stops.has(piece) ? STOP : 1);
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
  const speaks = evidence(index, meant);
  const elsewhere = foreign(scores, speaks);
  let ranked = [];
  if (explained >= LEAST_COVERAGE && !elsewhere) ranked = withSecondNeed(index, needs, meant, collect(index, known, needs));
  return { ranked, routes: routesOf(index, speaks, elsewhere ? [] : needs, query), explained, elsewhere };
}

/** Those of ranked results that are not too far behind the first, and that a filter lets through. */
export function best(ranked, fits = () => true) {
  return ranked.filter((result) => result.score >= LEAST_SHARE * ranked[0].score).filter(fits).slice(0, MOST);
}

/** True when a topic that the guide does not hold answers best, and a piece of the question tells of such topics. */
function foreign(scores, speaks) {
  const most = (kinds) => scores.reduce((best, one) => (kinds.includes(one.kind) ? Math.max(best, one.score) : best), 0);
  return most(["elsewhere"]) > most(["record", "need"]) && speaks.get("elsewhere")[0] > 0;
}

/** For each record, need and topic: its score, how much of the question it covers, and its best key. */
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
    const score = scores[number] + coverage[number];
    found.push({ kind, number: of, first, end, score, coverage: coverage[number], text: keys[key].shown });
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

/** The emergency routes that a question calls for, the fittest first; none for procedure. Without needs: by words. */
function routesOf(index, speaks, needs, query) {
  const says = sayer(query);
  if (index.calm.some(says)) return [];
  const said = new Map();  // the longest alarm word
  for (const [id, words] of index.urgent) {
    for (const [word, long] of words) if (says(word)) said.set(id, Math.max(said.get(id) ?? 0, long));
  }
  const { length } = runs(query).join(" ");
  const parts = partsOf(index, needs);
  const first = firstCalled(index, needs, parts);
  const called = [];
  for (const [id] of index.core.urgent) {
    const [stretch, whole] = speaks.get(id) ?? [0, 0];
    const score = stretch + PART * (parts.get(id) ?? 0);
    if (said.has(id) && (whole > FAR || 2 * said.get(id) >= length)) called.push({ id, score: score + ALARM });
    else if (needs.length && (score >= CALLS || (id === first && whole > 0 && stretch >= TELLS))) called.push({ id, score });
  }
  const least = BESIDE * Math.max(0, ...called.map(({ score }) => score));
  const kept = called.filter(({ id, score }) => said.has(id) || score >= least);
  return kept.sort((a, b) => b.score - a.score).map(({ id }) => id);
}

/** How much of the best needs' weight is of each route. */
function partsOf(index, needs) {
  const weights = new Map();
  let total = 0;
  for (const { number, score } of needs) {
    const route = index.more.needs[number][2];
    weights.set(route, (weights.get(route) ?? 0) + score ** 2);
    total += score ** 2;
  }
  weights.delete("");
  return new Map([...weights].map(([route, weight]) => [route, weight / total]));
}

/** The route of the best need, or of the best urgent one when these weigh half. */
function firstCalled(index, needs, parts) {
  const routes = needs.map(({ number }) => index.more.needs[number][2]);
  const urgent = [...parts.values()].reduce((sum, part) => sum + part, 0);
  return (urgent >= HALF ? routes.find((route) => route) : routes[0]) ?? "";
}

/** How much a question speaks for each route, and for topics elsewhere: its most telling stretch, and all of it. */
function evidence(index, meant) {
  const said = [...meant].filter(([piece, surely]) => surely !== EQUAL && !index.stops.has(piece) && index.postings.has(piece));
  const rows = said.map(([piece, surely]) => tellingOf(index, piece).map((told) => told * surely));
  const speak = (route) => {
    let [here, most, whole] = [0, 0, 0];
    for (const row of rows) {
      here = Math.max(0, here + row[route]);
      most = Math.max(most, here);
      whole += row[route];
    }
    return [most, whole / Math.sqrt(Math.max(1, rows.length))];
  };
  return new Map(index.routes.slice(1).map((id, route) => [id, speak(route)]));
}

/** How much a piece tells for each route; kept, for whoever types asks the same pieces again. */
function tellingOf(index, piece) {
  const { postings, routes, routeOf, keysOf, keys, telling } = index;
  if (!telling.has(piece)) {
    const numbers = postings.get(piece);
    const counts = routes.map(() => 0);
    for (const number of numbers) counts[routeOf[number]] += 1;
    const common = (COMMON * numbers.length) / keys.length;
    const share = (count, of) => (count + common) / (of + COMMON);
    const calm = share(counts[0] + counts[1], keysOf[0] + keysOf[1]);
    const known = share(numbers.length - counts[1], keys.length - keysOf[1]);
    const shares = counts.map((count, route) => share(count, keysOf[route]) / (route === 1 ? known : calm));
    telling.set(piece, shares.slice(1).map(Math.log));
  }
  return telling.get(piece);
}
