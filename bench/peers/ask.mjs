// Asks MiniSearch or Fuse.js: node ask.mjs minisearch|fuse < {"records": [{id, …}], "queries": [...]} > [[ids], …]
// Both over the same fields, with the settings their guides recommend for search over names and descriptions.
import { readFileSync } from "node:fs";
import Fuse from "fuse.js";
import MiniSearch from "minisearch";

const FIELDS = ["name", "yomi", "former", "words", "summary", "text"];
const WEIGHTS = { name: 3, yomi: 3, former: 3, words: 3, summary: 2, text: 1 };

// MiniSearch cuts at spaces and signs, which leaves a Japanese sentence whole: given pairs of letters, its best known remedy.
function pairs(text) {
  return text.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{N}]+/u).flatMap((run) => {
    if (/^[a-z0-9]*$/u.test(run)) return run ? [run] : [];
    const letters = [...run];
    return letters.length < 2 ? letters : letters.slice(1).map((letter, i) => letters[i] + letter);
  });
}

const engines = {
  minisearch(records) {
    const index = new MiniSearch({ fields: FIELDS, searchOptions: { boost: WEIGHTS, prefix: true, fuzzy: 0.2 } });
    index.addAll(records);
    return (query) => index.search(query).map(({ id }) => id);
  },
  "minisearch-pairs"(records) {
    const index = new MiniSearch({ fields: FIELDS, tokenize: pairs, searchOptions: { boost: WEIGHTS } });
    index.addAll(records);
    return (query) => index.search(query).map(({ id }) => id);
  },
  fuse(records) {
    const keys = FIELDS.map((name) => ({ name, weight: WEIGHTS[name] }));
    const index = new Fuse(records, { keys, ignoreLocation: true, threshold: 0.4 });
    return (query) => index.search(query).map(({ item }) => item.id);
  },
};

const { records, queries } = JSON.parse(readFileSync(0, "utf8"));
const ask = engines[process.argv[2]](records);
process.stdout.write(JSON.stringify(queries.map((query) => ask(query).slice(0, 10))));
