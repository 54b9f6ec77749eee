// Which emergency routes a question calls for: by alarm words, and by what was learned of its pieces (signs).
import { cut, pieces, runs } from "./normalise.js";
import { sayer } from "./question.js";

// Natural logarithms of odds, chosen on questions that the signs at hand had not been learned from (docs/architecture.md).
// The likeliest route is called from CALLS on, and those at most BESIDE behind it; an alarm word calls its route unless the
// question speaks so much against every one (FAR) and the word is not half of it. In the order a word counts ALARM more.
const [CALLS, FAR, BESIDE, ALARM] = [-1.1, -2.5, 1.5, 1];
const SHOWN = 3;  // a list of everything helps nobody
const LETTER = 0.5;  // signs are written in letters: a is one step for, A one step against

/** The emergency routes that a question calls for, the fittest first; none for procedure. Without the second file: by words. */
export function routesOf(index, needs, elsewhere, query) {
  const says = sayer(query);
  if (index.calm.some(says)) return [];
  const said = alarmsOf(index, says);
  if (!index.signs) return [...new Set([...said.keys(), ...routesSaid(index, needs, query)])];
  const odds = oddsOf(index.signs, pieces(query));
  const most = Math.max(...odds.values());
  const { length } = runs(query).join(" ");
  for (const [id, long] of said) if (most <= FAR && 2 * long < length) said.delete(id);
  const least = most > CALLS && !elsewhere ? most - BESIDE : Infinity;
  const called = index.core.urgent.map(([id]) => ({ id, odds: odds.get(id) ?? -Infinity }))
    .filter((route) => said.has(route.id) || route.odds >= least);
  const score = (route) => route.odds + (said.has(route.id) ? ALARM : 0);
  return called.sort((a, b) => score(b) - score(a)).slice(0, SHOWN).map(({ id }) => id);
}

/** The routes whose alarm words are said, each with the length of its longest. */
function alarmsOf(index, says) {
  const said = new Map();
  for (const [id, words] of index.urgent) {
    for (const [word, long] of words) if (says(word)) said.set(id, Math.max(said.get(id) ?? 0, long));
  }
  return said;
}

/** Where nothing was learned: the routes of needs that the question says word for word. */
function routesSaid(index, needs, query) {
  const whole = cut(query).joined;
  return needs.filter(({ text }) => whole.includes(cut(text).joined)).map(({ number }) => index.more.needs[number][2]).filter(Boolean);
}

/**
 * For each route, how much more likely it is to be meant than an ordinary question (logarithm of the odds): where every
 * question starts, and what each of its pieces adds, together divided by the root of their number.
 */
function oddsOf({ routes, starts, rowOf, levels }, said) {
  const sums = routes.map(() => 0);
  for (const piece of said) {
    const row = rowOf.get(piece);
    if (row === undefined) continue;
    const at = row * (routes.length + 1);  // what it tells of any route, then what it tells more of each
    const any = levelOf(levels.charCodeAt(at));
    for (const route of routes.keys()) sums[route] += any + levelOf(levels.charCodeAt(at + 1 + route));
  }
  const root = Math.sqrt(Math.max(1, said.length));
  return new Map(routes.map((id, route) => [id, starts[route] + sums[route] / root]));
}

function levelOf(code) {
  return LETTER * (code >= 97 ? code - 96 : code >= 65 ? 64 - code : 0);
}
