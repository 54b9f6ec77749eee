// Scores records against a question. Values in, values out; build.py search, the tests and the benches run this very file.
// The constants are round numbers on plateaus.
import { weightOf } from "./inverted-index.js";
import { cut } from "./normalise.js";
import { asked, EQUAL } from "./question.js";
import { routesOf } from "./routes.js";

// Bonuses for a key that is, begins with, or stands inside the question; a record's own word outdoes a need's.
const [EXACT, EXACT_NEED, BEGINS, INSIDE] = [100, 40, 10, 1.5];
const DECAY = [1, 0.9, 0.75, 0.65, 0.6, 0.55, 0.5, 0.5];  // a need's records, best first
const NEEDS = 8;  // how many needs are asked
const [MORE, FALL] = [0.4, 0.4];  // further evidence for the same record counts less, and falls by this with each
const NOT_OF_THE_PLAN = 0.85;  // national lines and the like step back behind the city's own records
const LEAST_COVERAGE = 0.1;
// A second need counts when it scores this share of the best, and shares at most this much of what it matches with it.
const [SECOND, APART] = [0.4, 0.25];
const [LEAST_SHARE, MOST] = [0.35, 20];
const COMMON = 100;

/**
 * Everything that the search page says to a question, out of one scoring: {ranked, routes, explained, elsewhere}.
 * `ranked` holds also records that are too far behind to be shown: see `best`. None at all: "no good answer".
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
  const elsewhere = foreign(index, scores, meant);
  let ranked = [];
  if (explained >= LEAST_COVERAGE && !elsewhere) ranked = withSecondNeed(index, needs, meant, collect(index, known, needs));
  return { ranked, routes: routesOf(index, needs, elsewhere, query), explained, elsewhere };
}

/** Those of ranked results that are not too far behind the first, and that a filter lets through. */
export function best(ranked, fits = () => true) {
  return ranked.filter((result) => result.score >= LEAST_SHARE * ranked[0].score).filter(fits).slice(0, MOST);
}

/** True when a topic that the guide does not hold answers best, and a piece of the question tells of such topics. */
function foreign(index, scores, meant) {
  const most = (kinds) => scores.reduce((best, one) => (kinds.includes(one.kind) ? Math.max(best, one.score) : best), 0);
  return most(["elsewhere"]) > most(["record", "need"]) && [...meant].some((said) => tellsOfElsewhere(index, said));
}

/**
 * Whether a piece of the question stands oftener among the words of topics elsewhere than among the guide's own. How often
 * is believed as if COMMON more keys were of the usual kind: a piece that is rare everywhere tells little.
 */
function tellsOfElsewhere({ postings, stops, keys, elsewhere }, [piece, surely]) {
  const numbers = postings.get(piece);
  if (!numbers || surely === EQUAL || stops.has(piece)) return false;
  const there = numbers.reduce((count, number) => count + elsewhere.is[number], 0);
  const usual = (COMMON * numbers.length) / keys.length;
  const share = (count, of) => (count + usual) / (of + COMMON);
  return share(there, elsewhere.count) > share(numbers.length - there, keys.length - elsewhere.count);
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

/** Records with what speaks for them, of their own words and of needs (`parts`), best first. */
function collect(index, scores, needs) {
  const parts = new Map();
  const put = (record, part) => {
    if (!parts.has(record)) parts.set(record, []);
    parts.get(record).push(part);
  };
  for (const one of scores) if (one.kind === "record") put(one.number, { score: one.score, why: one.text, layer: "words" });
  for (const need of needs) {
    index.more.needs[need.number][1].forEach((record, place) => {
      const score = need.score * DECAY[Math.min(place, DECAY.length - 1)];
      put(record, { score, why: need.text, layer: "need", need: need.number });
    });
  }
  const results = [...parts].map(([record, found]) => {
    found.sort((a, b) => b.score - a.score);
    let further = 0;
    found.slice(1).forEach((part, n) => { further += part.score * FALL ** n; });
    const score = (found[0].score + MORE * further) * (index.records[record][5] ? 1 : NOT_OF_THE_PLAN);
    return { record, score, why: found[0].why, parts: found };
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
