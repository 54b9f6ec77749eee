// Latin words as people type them: romaji to kana, the beginning of a word, one slip.

const ROWS = {
  "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ",
  m: "まみむめも", r: "らりるれろ", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ",
};
const SINGLE = { ya: "や", yu: "ゆ", yo: "よ", wa: "わ", wo: "を", shi: "し", chi: "ち", tsu: "つ", fu: "ふ", ji: "じ" };
const TWISTED = {
  ky: "き", sh: "し", ch: "ち", ny: "に", hy: "ひ", my: "み", ry: "り", gy: "ぎ", j: "じ", by: "び",
  py: "ぴ", sy: "し", ty: "ち", jy: "じ", zy: "じ",
};
const SYLLABLES = syllables();

function syllables() {
  const table = {};
  for (const [head, row] of Object.entries(ROWS)) {
    [..."aiueo"].forEach((vowel, i) => { table[head + vowel] = row[i]; });
  }
  Object.assign(table, SINGLE);
  for (const [head, first] of Object.entries(TWISTED)) {
    [..."auo"].forEach((vowel, i) => { table[head + vowel] = first + "やゆよ"[i]; });
  }
  return table;
}

/** Romaji (Hepburn or official) as folded hiragana, or null when it is no romaji. */
export function kana(word) {
  let made = "";
  let i = 0;
  while (i < word.length) {
    const following = word[i + 1] ?? "";
    if (word[i] === "n" && (!following || !"aiueoy".includes(following))) {
      made += "ん";
      i += 1;
    } else if (following === word[i] && !"aiueon".includes(word[i])) {
      made += "つ";
      i += 1;
    } else {
      const size = [3, 2, 1].find((n) => word.slice(i, i + n).length === n && word.slice(i, i + n) in SYLLABLES);
      if (!size) return null;
      made += SYLLABLES[word.slice(i, i + size)];
      i += size;
    }
  }
  return made;
}

/** True when the words differ by at most one letter: put in, left out, changed, or two changed places. */
export function alike(first, second) {
  const [one, other] = first.length > second.length ? [second, first] : [first, second];
  if (other.length - one.length > 1) return false;
  let i = 0;
  while (i < one.length && one[i] === other[i]) i += 1;
  if (one.length < other.length) return one.slice(i) === other.slice(i + 1);
  const swapped = one.slice(i, i + 2) === [...other.slice(i, i + 2)].reverse().join("") && one.slice(i + 2) === other.slice(i + 2);
  return one.slice(i + 1) === other.slice(i + 1) || swapped;
}
