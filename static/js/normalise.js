// One spelling and one cut for searching: the twin of guide/normalise.py.
// Both are held together by tests/vectors/normalise.json: change all three or none.

const SMALL = "ぁぃぅぇぉっゃゅょゎゕゖ";
const LARGE = "あいうえおつやゆよわかけ";
const LONG = /[-ー〜~‐‑–—―ｰ]/gu;
const SPELLINGS = [
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
];
const WORD = /[a-z0-9]+|[ぁ-ん々〇一-鿿㐀-䶿가-힣]+/gu;

/** One spelling: NFKC, small letters, hiragana, no long marks, small kana large, one form of each known variant. */
export function fold(text) {
  let folded = text.normalize("NFKC").toLowerCase();
  folded = folded.replace(/[ァ-ヶ]/gu, (c) => String.fromCodePoint(c.codePointAt(0) - 0x60));
  folded = folded.replace(LONG, "").replace(/[ぁぃぅぇぉっゃゅょゎゕゖ]/gu, (c) => LARGE[SMALL.indexOf(c)]);
  for (const [pattern, spelling] of SPELLINGS) {
    folded = folded.replaceAll(pattern, spelling);
  }
  return folded;
}

/** The folded text's runs of letters; spaces and punctuation separate them. */
export function runs(text) {
  return fold(text).match(WORD) ?? [];
}

/** The pieces that are indexed and looked up: Latin words whole, everything else in overlapping pairs. */
export function grams(text) {
  return runs(text).flatMap((run) => {
    const letters = [...run];
    if (/^[a-z0-9]/u.test(run) || letters.length === 1) {
      return [run];
    }
    return letters.slice(1).map((letter, i) => letters[i] + letter);
  });
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
