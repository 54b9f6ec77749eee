// How close the words that matched are to the question: whether they may be shown as a reason, or be the answer alone.
import { cut, pieces } from "./normalise.js";
import { weightOf } from "./inverted-index.js";
import { asked } from "./question.js";

// Words and the question are nearly the same when the words say all of the question or the question says all of them
// (nearly), and both together say this share of each other on average: 「スマホの使い方」 is not 「お金の使い方」.
const [NEARLY_ALL, ON_AVERAGE] = [0.9, 0.75];
// A name or word of so many letters that stands in the question as it is is meant, whatever else is asked.
const TELLING_NAME = 5;

/** Returns a function from a key's text to the share of it that the question says, and of the question that it says. */
export function closeness(index, query) {
  const meant = asked(index, query);
  let total = 0;
  for (const [piece, surely] of meant) total += weightOf(index, piece) * surely;
  return (text) => {
    let [whole, shared] = [0, 0];
    for (const piece of new Set(pieces(text))) {
      const weight = weightOf(index, piece);
      whole += weight;
      shared += weight * (meant.get(piece) ?? 0);
    }
    return { share: whole ? shared / whole : 0, held: total ? shared / total : 0 };
  };
}

/** Tells of how close words are whether they and the question are nearly the same. */
function nearlySame({ share, held }) {
  return Math.max(share, held) >= NEARLY_ALL && (share + held) / 2 >= ON_AVERAGE;
}

/** Of ranked results those whose words and the question are nearly the same: all that the first file may answer alone. */
export function nearlyWhole(index, query, ranked) {
  const close = closeness(index, query);
  const whole = cut(query).joined;
  return ranked.filter(({ why }) => {
    const name = cut(why).joined;
    return (name.length >= TELLING_NAME && whole.includes(name)) || nearlySame(close(why));
  });
}

/**
 * Returns a function that tells why a result answers the question: the name of the need that the question says and that the
 * result is listed for; "" when it says none. The words that matched are other people's, so they are no reason themselves.
 */
export function reasons(index, query) {
  const close = closeness(index, query);
  return ({ parts = [] }) => {
    const said = parts.find(({ layer, why }) => layer === "need" && nearlySame(close(why)));
    return said ? index.more.needs[said.need][0].split("|")[0] : "";
  };
}
