// The full text of the pages through Pagefind, asked with our own pieces. Rests quietly where WebAssembly is missing.
import { grams, token } from "./normalise.js";

const MOST_PIECES = 24;
const MOST_PAGES = 6;
// Share of the question's pieces, weighed by how rare they are, that a page must hold.
const LEAST_HELD = 0.7;

/** Returns a function from a question to [{url, share}], best first; it answers [] when full text is not to be had. */
export function fullText(folder) {
  let pagefind = null;
  return async (query) => {
    try {
      pagefind ??= await load(folder);
      return await search(pagefind, query);
    } catch (error) {
      console.info("full text rests:", error.message);
      return [];
    }
  };
}

async function load(folder) {
  if (typeof WebAssembly === "undefined") throw new Error("no WebAssembly");
  const module = await import(`${folder}pagefind.js`);
  await module.options({ bundlePath: folder, baseUrl: "/" });
  return module;
}

async function search(pagefind, query) {
  const pieces = [...new Set(grams(query))].slice(0, MOST_PIECES);
  const pages = new Map();
  let total = 0;
  for (const piece of pieces) {
    const { results } = await pagefind.search(token(piece));
    const weight = 1 / Math.log2(2 + results.length);
    total += weight;
    for (const result of results) {
      const page = pages.get(result.id) ?? { result, score: 0 };
      page.score += weight;
      pages.set(result.id, page);
    }
  }
  const best = [...pages.values()].filter((page) => page.score >= LEAST_HELD * total).sort((a, b) => b.score - a.score);
  return Promise.all(best.slice(0, MOST_PAGES).map(async ({ result, score }) => ({ url: (await result.data()).url, share: score / total })));
}
