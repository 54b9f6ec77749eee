// Scores records against a question. Values in, values out: no page, no network.
import { fold, grams, runs } from "./normalise.js";

// How much a match in each field counts.
const WEIGHTS = { name: 1, yomi: 0.9, words: 1, when: 0.8, summary: 0.5, situation: 0.3 };
// A question whose best record covers less of it than this has no good answer here.
const LEAST_COVERAGE = 0.3;
// Results weaker than this share of the best one are left out.
const LEAST_SHARE = 0.35;
const MOST_RESULTS = 20;

/** Index of what data/search.json holds: every key (name, reading, word …) with its pieces, and each piece's weight. */
export function prepare(data) {
  const keys = [];
  data.records.forEach((record, owner) => {
    const add = (field, text) => keys.push({ owner, field, text, folded: runs(text).join(""), grams: new Set(grams(text)) });
    for (const name of [record.name, ...record.names]) add("name", name);
    add("yomi", record.yomi);
    for (const field of ["words", "when"]) {
      for (const text of record[field]) add(field, text);
    }
    add("summary", record.summary);
    for (const id of record.situations) add("situation", data.situations[id].join(" "));
  });
  return { data, keys, postings: postings(keys), rarity: rarity(keys, data.records.length) };
}

function postings(keys) {
  const found = new Map();
  keys.forEach((key, i) => {
    for (const gram of key.grams) {
      if (!found.has(gram)) found.set(gram, []);
      found.get(gram).push(i);
    }
  });
  return found;
}

/** Inverse document frequency of each piece over records: rare pieces tell more. */
function rarity(keys, total) {
  const owners = new Map();
  for (const key of keys) {
    for (const gram of key.grams) {
      if (!owners.has(gram)) owners.set(gram, new Set());
      owners.get(gram).add(key.owner);
    }
  }
  const most = Math.log(1 + total);
  const table = new Map([...owners].map(([gram, set]) => [gram, Math.log(1 + total / set.size)]));
  return (gram) => table.get(gram) ?? most;
}

/** Records for a question, best first: [{record, score, why}]; an empty list means "no good answer". */
export function rank(index, query) {
  const asked = [...new Set(grams(query))];
  const whole = runs(query).join("");
  if (!asked.length) return [];
  const total = asked.reduce((sum, gram) => sum + index.rarity(gram), 0);
  const { matched, covered } = collect(index, asked);
  const results = new Map();
  for (const [i, weight] of matched) {
    const key = index.keys[i];
    const score = keyScore(index, key, weight, whole);
    const before = results.get(key.owner);
    if (!before || score > before.score) results.set(key.owner, { score, why: key });
  }
  const scored = [...results].map(([owner, { score, why }]) => {
    const coverage = sum(covered.get(owner)) / total;
    return { record: index.data.records[owner], score: score + 10 * coverage, coverage, why };
  });
  scored.sort((a, b) => b.score - a.score || (a.record.id < b.record.id ? -1 : 1));
  const best = scored[0];
  if (!best || best.coverage < LEAST_COVERAGE) return [];
  return scored.filter((one) => one.score >= LEAST_SHARE * best.score).slice(0, MOST_RESULTS);
}

function collect(index, asked) {
  const matched = new Map();
  const covered = new Map();
  for (const gram of asked) {
    const rare = index.rarity(gram);
    for (const i of index.postings.get(gram) ?? []) {
      const key = index.keys[i];
      matched.set(i, (matched.get(i) ?? 0) + rare);
      if (!covered.has(key.owner)) covered.set(key.owner, new Map());
      const pieces = covered.get(key.owner);
      pieces.set(gram, Math.max(pieces.get(gram) ?? 0, rare * WEIGHTS[key.field]));
    }
  }
  return { matched, covered };
}

function sum(pieces) {
  let total = 0;
  for (const value of pieces.values()) total += value;
  return total;
}

/** How well one key answers: what it shares with the question, the more so the more of the key is shared. */
function keyScore(index, key, shared, whole) {
  let all = 0;
  for (const gram of key.grams) all += index.rarity(gram);
  let score = WEIGHTS[key.field] * shared * (shared / all);
  if (key.folded === whole) score += 40;
  else if (key.folded.startsWith(whole) && whole.length > 1) score += 15;
  else if (whole.includes(key.folded) && key.folded.length > 1) score += 5;
  return score;
}

/** The ids of the emergency routes that a question's words call for. */
export function urgent(data, query) {
  const asked = fold(query).replace(/\s+/gu, "");
  return data.urgent.filter((route) => route.words.some((word) => asked.includes(fold(word).replace(/\s+/gu, "")))).map((route) => route.id);
}
