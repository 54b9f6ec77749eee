// Scores records against a question: the twin of guide/rank.py, with the same constants. Values in, values out.
import { alike, kana } from "./latin.js";
import { fold, grams, isKanji, pieces, runs } from "./normalise.js";

const WEIGHTS = { name: 1, yomi: 0.9, word: 1, summary: 0.45, need: 1, elsewhere: 1 };
const SINGLE_KANJI = 0.5;
const GUESSED = 0.8;
const EQUAL = 0.7;
const [EXACT, EXACT_NEED, BEGINS, INSIDE] = [100, 40, 10, 1.5];
const DECAY = [1, 0.9, 0.75, 0.65, 0.6, 0.55, 0.5, 0.5];
const NEEDS = 8;
const [MORE, FALL] = [0.5, 0.5];
const NOT_OF_THE_PLAN = 0.85;
const LEAST_COVERAGE = 0.1;
const [SECOND, APART] = [0.4, 0.25];
const LEAST_SHARE = 0.35;
const MOST = 20;
const [HALF, WHOLE, NEAR] = [0.5, 0.9, 0.5];
const LATIN = /^[a-z0-9]+$/u;

/** The index of the two published files; `more` may be {} while the second is on its way. */
export function prepare(core, more) {
  const keys = [];
  const owners = [];
  const add = (kind, number, field, texts) => {
    const owner = owners.push({ kind, number }) - 1;
    for (const text of texts) addKey(keys, owner, field, text);
    return owner;
  };
  const records = core.columns[0].map((_, i) => core.columns.map((column) => column[i]));
  records.forEach(([, , name, yomi, words], i) => {
    const owner = add("record", i, "name", [name]);
    addKey(keys, owner, "yomi", yomi);
    for (const word of words.split("|")) addKey(keys, owner, "word", word);
    if (more.summaries) addKey(keys, owner, "summary", more.summaries[i]);
    if (more.words) for (const word of more.words[i].split("|")) addKey(keys, owner, "word", word);
  });
  (more.needs ?? []).forEach(([words], i) => add("need", i, "need", words.split("|")));
  (more.elsewhere ?? []).forEach((words, i) => add("elsewhere", i, "elsewhere", words.split("|")));
  return { core, more, records, keys, owners, ...tables(keys, owners.length) };
}

function addKey(keys, owner, field, text) {
  const found = pieces(text);
  if (found.length) keys.push({ owner, field, text: joined(text), pieces: found, shown: text, weight: 0 });
}

function joined(text) {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join("");
}

function tables(keys, total) {
  const postings = new Map();
  const counted = new Map();
  keys.forEach((key, number) => {
    for (const piece of key.pieces) {
      const entry = postings.get(piece);
      if (entry) entry.push(number);
      else postings.set(piece, [number]);
      const seen = counted.get(piece);
      if (!seen) counted.set(piece, { last: key.owner, count: 1 });
      else if (seen.last !== key.owner) {
        seen.last = key.owner;
        seen.count += 1;
      }
    }
  });
  const rarity = new Map([...counted].map(([piece, { count }]) => [piece, Math.log(1 + total / count)]));
  const table = { postings, rarity, rarest: Math.log(1 + total), latin: [...rarity.keys()].filter((p) => LATIN.test(p)).sort() };
  for (const key of keys) key.weight = key.pieces.reduce((sum, piece) => sum + weightOf(table, piece), 0);
  return table;
}

function weightOf(index, piece) {
  const weight = index.rarity.get(piece) ?? index.rarest;
  return isKanji(piece) ? weight * SINGLE_KANJI : weight;
}

/** The question's pieces with how surely each is meant; Latin words are guessed, equal words added. */
function asked(index, query) {
  const found = new Map();
  for (const piece of pieces(query)) {
    if (index.rarity.has(piece) || !LATIN.test(piece)) found.set(piece, 1);
    else for (const [guess, surely] of guesses(index, piece)) found.set(guess, Math.max(found.get(guess) ?? 0, surely));
  }
  const says = sayer(query);
  for (const group of index.more.equals ?? []) {
    if (group.some(says)) {
      for (const piece of group.flatMap((word) => pieces(word))) if (!found.has(piece)) found.set(piece, EQUAL);
    }
  }
  return found;
}

/** Tells of a folded word whether the question holds it: Latin words whole (`dv` is not in `advice`), others anywhere. */
function sayer(query) {
  const whole = joined(query);
  const spaced = ` ${runs(query).join(" ")} `;
  return (word) => (/^[a-z0-9]/u.test(word) ? spaced.includes(` ${word} `) : whole.includes(word.replaceAll(" ", "")));
}

function guesses(index, word) {
  const begins = index.latin.filter((known) => word.length > 2 && known.startsWith(word));
  const similar = begins.length ? begins : index.latin.filter((known) => word.length > 4 && alike(word, known));
  if (similar.length) return similar.slice(0, 5).map((known) => [known, GUESSED]);
  const reading = kana(word);
  return reading && reading.length > 1 ? grams(reading).map((piece) => [piece, 1]) : [[word, 1]];
}

/**
 * Everything that the search page says to a question, out of one scoring: {results, routes, explained, elsewhere}.
 * No results: "no good answer". `explained` is the share (0 to 1) that the best record or need explains.
 */
export function answer(index, query) {
  const meant = asked(index, query);
  const scores = ownerScores(index, meant, joined(query));
  const known = scores.filter((one) => one.kind !== "elsewhere");
  let total = 0;
  for (const [piece, surely] of meant) if (surely !== EQUAL) total += weightOf(index, piece) * surely;
  const most = known.reduce((best, one) => Math.max(best, one.coverage), 0);
  const explained = total ? Math.min(1, most / total) : 0;
  const elsewhere = foreign(scores);
  let results = [];
  if (explained >= LEAST_COVERAGE && !elsewhere) {
    results = withSecondNeed(index, known, collect(index, known));
    results = results.filter((result) => result.score >= LEAST_SHARE * results[0].score).slice(0, MOST);
  }
  return { results, routes: routesOf(index, scores, query), explained, elsewhere };
}

/** True when a topic that this guide does not hold answers the question better than any record or need. */
function foreign(scores) {
  const most = (kinds) => scores.reduce((best, one) => (kinds.includes(one.kind) ? Math.max(best, one.score) : best), 0);
  return most(["elsewhere"]) > most(["record", "need"]);
}

function ownerScores(index, meant, whole) {
  const shared = new Map();
  const covered = new Map();
  for (const [piece, surely] of meant) {
    const weight = weightOf(index, piece) * surely;
    for (const number of index.postings.get(piece) ?? []) {
      const key = index.keys[number];
      shared.set(number, (shared.get(number) ?? 0) + weight);
      let pieceWeights = covered.get(key.owner);
      if (!pieceWeights) covered.set(key.owner, (pieceWeights = new Map()));
      pieceWeights.set(piece, Math.max(pieceWeights.get(piece) ?? 0, weight * WEIGHTS[key.field]));
    }
  }
  const best = new Map();
  for (const [number, weight] of shared) {
    const key = index.keys[number];
    const share = weight / key.weight;
    const score = WEIGHTS[key.field] * weight * Math.sqrt(share) + bonus(key.text, whole, index.owners[key.owner].kind);
    if (score > (best.get(key.owner)?.score ?? 0)) best.set(key.owner, { score, text: key.shown, share });
  }
  return [...best].map(([owner, { score, text, share }]) => {
    let coverage = 0;
    for (const weight of covered.get(owner).values()) coverage += weight;
    return { ...index.owners[owner], score: score + coverage, coverage, text, share, covered: covered.get(owner) };
  });
}

function bonus(text, whole, kind) {
  if (text === whole) return kind === "record" ? EXACT : EXACT_NEED;
  if (whole.length > 1 && text.startsWith(whole)) return (BEGINS * whole.length) / text.length;
  return text.length > 1 && whole.includes(text) ? INSIDE * Math.sqrt(text.length) : 0;
}

function bestNeeds(scores) {
  return scores.filter((one) => one.kind === "need").sort((a, b) => b.score - a.score || a.number - b.number).slice(0, NEEDS);
}

function collect(index, scores) {
  const parts = new Map();
  const put = (record, score, why) => {
    if (!parts.has(record)) parts.set(record, []);
    parts.get(record).push({ score, why });
  };
  for (const one of scores) if (one.kind === "record") put(one.number, one.score, one.text);
  for (const need of bestNeeds(scores)) {
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
function withSecondNeed(index, scores, results) {
  const needs = bestNeeds(scores);
  const said = needs.map((need) => need.covered);
  for (let i = 1; i < needs.length; i += 1) {
    let common = 0;
    let all = 0;
    for (const [piece, weight] of said[i]) {
      all += weight;
      if (said[0].has(piece)) common += weight;
    }
    if (needs[i].score >= SECOND * needs[0].score && common <= APART * all) {
      const [led, firstLed] = [needs[i], needs[0]].map((need) => index.more.needs[need.number][1]);
      const place = results.findIndex(({ record }) => led.includes(record) && !firstLed.includes(record));
      if (place > 2) results.splice(2, 0, ...results.splice(place, 1));
      break;
    }
  }
  return results;
}

/** The ids of the emergency routes that a question calls for; none for questions about procedure. */
function routesOf(index, scores, query) {
  const says = sayer(query);
  if (index.core.calm.some(says)) return [];
  const routes = index.core.urgent.filter(([, words]) => words.split("|").some(says)).map(([id]) => id);
  const needs = bestNeeds(scores);
  needs.forEach((need, place) => {
    const route = index.more.needs[need.number][2];
    const called = place === 0 ? need.share >= HALF : need.share >= WHOLE && need.score >= NEAR * needs[0].score;
    if (route && called && !routes.includes(route)) routes.push(route);
  });
  return routes;
}
