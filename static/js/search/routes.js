// Which emergency routes a question calls for: by alarm words, and by the evidence of its pieces and needs.
import { runs } from "./normalise.js";
import { EQUAL, sayer } from "./question.js";

// An alarm word calls its route, unless it is not half of the question and the whole speaks so much against it (FAR).
// Needs call it when the best is of that route, or the urgent ones weigh HALF, and a stretch TELLS and the whole does not
// speak against it; or when that stretch and the route's part of the best needs (PART points) reach CALLS. What needs call
// falls away below so much of the fittest (BESIDE); an alarm word counts ALARM points in the order.
const [FAR, HALF, TELLS, PART, CALLS, BESIDE, ALARM] = [-6, 0.5, 3, 20, 22, 0.5, 10];
// How often a piece stands in the keys of a route is believed as if so many more keys were of the common kind: a piece
// that is rare everywhere tells little.
const COMMON = 100;

/** The emergency routes that a question calls for, the fittest first; none for procedure. Without needs: by words. */
export function routesOf(index, speaks, needs, query) {
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

/**
 * How much a question speaks for each route, and for topics elsewhere: its most telling stretch, and all of it. A piece
 * speaks for a route as it stands oftener in the phrases of the route's needs than in everything that is not urgent
 * (logarithm of the ratio), and against it otherwise: function words stand everywhere and say nothing. A long story tells
 * in one stretch, whatever else is in it; together is divided by the root of the number.
 */
export function evidence(index, meant) {
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
