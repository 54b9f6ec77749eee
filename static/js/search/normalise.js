// One spelling and one cut for searching: the twin of guide/search/normalise.py.
// Both are held together by tests/vectors/normalise.json: change all three or none.

const SMALL = "ぁぃぅぇぉっゃゅょゎゕゖ";
const LARGE = "あいうえおつやゆよわかけ";
const LONG = /[-ー〜~‐‑–—―ｰ]/gu;
const SPELLINGS = new Map([
  ["障がい", "障害"],
  ["障碍", "障害"],
  ["子ども", "こども"],
  ["子供", "こども"],
  ["お年寄り", "年寄り"],
  ["髙", "高"],
  ["﨑", "崎"],
  ["邊", "辺"],
  ["邉", "辺"],
  ["澤", "沢"],
  ["齋", "斎"],
  ["齊", "斉"],
  ["濵", "浜"],
  ["國", "国"],
  ["學", "学"],
  ["會", "会"],
  ["區", "区"],
]);
const SPELLED = new RegExp([...SPELLINGS.keys()].join("|"), "gu");
const KANJI = /[々〇一-鿿㐀-䶿]/gu;
const WORD = /[a-z0-9]+|[ぁ-んゔ々〇一-鿿㐀-䶿가-힣\u0900-\u097f\u0e00-\u0e7f]+/gu;

/** One spelling: NFKC, small letters, hiragana, no long marks, small kana large, one form of each known variant. */
export function fold(text) {
  return text.normalize("NFKC").toLowerCase()
    .replace(/[ァ-ヶ]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60))
    .replace(/[\u00c0-\u1eff]/gu, unmarked)
    .replace(LONG, "")
    .replace(/[ぁぃぅぇぉっゃゅょゎゕゖ]/gu, (char) => LARGE[SMALL.indexOf(char)])
    .replace(SPELLED, (word) => SPELLINGS.get(word));
}

/** Latin letters without their marks: Vietnamese is often typed without them. */
function unmarked(char) {
  const base = char.normalize("NFD")[0];
  return char === "đ" ? "d" : base < "\u0080" ? base : char;
}

/** The folded text's runs of letters; spaces and punctuation separate them. */
export function runs(text) {
  return fold(text).match(WORD) ?? [];
}

/** The pieces that are indexed and looked up: Latin words whole, everything else in overlapping pairs. */
export function grams(text) {
  return runs(text).flatMap(pairs);
}

function pairs(run) {
  if (run.length === 1 || run.charCodeAt(0) < 128) return [run];
  const letters = [...run];
  return letters.slice(1).map((letter, i) => letters[i] + letter);
}

/** What the ranking compares: the grams, and each kanji alone, so that a wrong or other compound still matches. */
export function pieces(text) {
  return cut(text).pieces;
}

/** A text's pieces, and the text without anything between its letters, for comparing whole texts. */
export function cut(text) {
  const folded = fold(text);
  const words = folded.match(WORD) ?? [];
  const found = new Set(words.flatMap(pairs));
  for (const kanji of folded.match(KANJI) ?? []) found.add(kanji);
  return { pieces: [...found], joined: words.join("") };
}

/** True for a piece that is one kanji. */
export function isKanji(piece) {
  return piece.length === 1 && piece.search(KANJI) === 0;
}

/** A piece as one word that no indexer cuts further: `0` and four letters for each character. */
export function token(gram) {
  if (gram.codePointAt(0) < 128) {
    return gram;
  }
  return "0" + [...gram].map((char) => letters(char.codePointAt(0))).join("");
}

function letters(number) {
  return [3, 2, 1, 0].map((power) => String.fromCodePoint(97 + (Math.floor(number / 26 ** power) % 26))).join("");
}
