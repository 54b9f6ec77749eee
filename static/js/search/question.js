// What a question says: its pieces, guesses for Latin words, and words that mean the same.
import { alike, kana } from "./latin.js";
import { LATIN } from "./inverted-index.js";
import { cut, grams, pieces, runs } from "./normalise.js";

const GUESSED = 0.8;  // a Latin word that only begins alike or has one slip
export const EQUAL = 0.5;  // a word that means the same as one in the question; in the question itself it was not said

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
export function sayer(query) {
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
