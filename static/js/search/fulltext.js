// The full text of the pages through Pagefind, asked with our own pieces.
// Pagefind fetches a part of its index for each piece that it is asked for: the host would see one question from another.
// So all parts are fetched first, in one order; when it asks for its own, they are at hand.
import { grams, token } from "./normalise.js";

const MOST_PIECES = 24;
const MOST_PAGES = 6;
// Share of the question's pieces, weighed by how rare they are, that a page must hold.
const LEAST_HELD = 0.7;

/** Returns a function from a question to [{url}], best first; it answers null when full text is not to be had. */
export function fullText(folder) {
  let pagefind = null;
  return async (query) => {
    try {
      pagefind ??= await load(folder);
      return await search(pagefind, query);
    } catch (error) {
      console.info("full text rests:", error.message);
      return null;
    }
  };
}

async function load(folder) {
  if (typeof WebAssembly === "undefined") throw new Error("no WebAssembly");
  const module = await import(`${folder}pagefind.js`);
  // No worker: Trusted Types refuse its address, and on a slow phone it was no faster.
  await module.options({ bundlePath: folder, baseUrl: "/", noWorker: true });
  const { paths, chunks } = await (await fetch(`${folder}pages.json`)).json();
  for (const chunk of chunks) {
    const answer = await fetch(`${folder}index/${chunk}`);
    if (!answer.ok) throw new Error(`${chunk}: ${answer.status}`);
    await answer.arrayBuffer();
  }
  return { module, paths };
}

async function search({ module, paths }, query) {
  const pieces = [...new Set(grams(query))].slice(0, MOST_PIECES);
  const pages = new Map();
  let total = 0;
  for (const piece of pieces) {
    const { results } = await module.search(token(piece));
    const weight = 1 / Math.log2(2 + results.length);
    total += weight;
    for (const result of results) {
      pages.set(result.id, (pages.get(result.id) ?? 0) + weight);
    }
  }
  // An index of another release may know pages that this list does not.
  const held = [...pages].filter(([id, score]) => id in paths && score >= LEAST_HELD * total).sort(([, one], [, other]) => other - one);
  return held.slice(0, MOST_PAGES).map(([id]) => ({ url: paths[id] }));
}
