// The list of names, filtered while somebody types: by name, reading or former name. What is typed stays in its box.
import { fold } from "../search/normalise.js";
import { kana } from "../search/latin.js";
import { element } from "./dom.js";
import { filled } from "./words.js";

const TOLD_AFTER = 600;  // milliseconds without a key before the count is told
const HALF_TYPED = /([ぁ-ん])[a-z]+$/u;  // an input method between two kana: 「ほg」
const HALF_ROMAJI = /[^aiueon]+$/u;

/** @param {HTMLElement} root Holds the box, the marks, the rows in groups, and what is said when none is left. */
export function startFilter(root) {
  const one = (selector) => root.querySelector(selector);
  const [box, count, none] = [one("input"), one("[role=status]"), one(".g-index__none")];
  const marks = [...root.querySelectorAll(".g-marks__mark")];
  const groups = [...root.querySelectorAll(".g-index__group")].map((group, i) => ({ group, mark: marks[i], rows: rowsOf(group) }));
  let resting = 0;
  const show = () => {
    const words = wordsOf(box.value);
    let left = 0;
    for (const { group, mark, rows } of groups) {
      const fitting = rows.filter((row) => lay(row, words, count.dataset.former));
      group.hidden = fitting.length === 0;
      mark.classList.toggle("g-marks__mark--none", group.hidden);
      left += fitting.length;
    }
    none.hidden = left > 0;
    root.classList.toggle("g-index--filtered", words.length > 0);
    clearTimeout(resting);
    resting = setTimeout(() => { count.textContent = told(words, left, count.dataset); }, TOLD_AFTER);
  };
  box.addEventListener("input", show);
  one("button").addEventListener("click", () => {
    box.value = "";
    show();
    box.focus();
  });
  if (box.value) show();  // somebody was faster than this script
}

function told(words, left, { some, none }) {
  if (!words.length) return "";
  return left ? filled(some, { count: left }) : none;
}

/** The rows of a group, each with what it can be found by. */
function rowsOf(group) {
  return [...group.querySelectorAll("li")].map((item) => {
    const shown = [".g-index__name", ".g-index__yomi"].map((part) => item.querySelector(part).textContent);
    const former = item.dataset.former?.split("|") ?? [];
    return { item, texts: shown.map(fold), former: former.map((name) => [name, fold(name)]) };
  });
}

/** Shows a row or hides it, and says by which former name it was found. Returns whether it fits. */
function lay({ item, texts, former }, words, formerly) {
  const named = hold(texts, words);
  const before = named ? undefined : former.find(([, text]) => hold([text, ...texts], words));
  item.querySelector(".g-index__former")?.remove();
  if (before) item.firstElementChild.append(element("span", "g-index__former", filled(formerly, { name: before[0] })));
  item.hidden = !named && !before;
  return !item.hidden;
}

/** Whether each word stands in one of the texts, in any of its spellings. */
function hold(texts, words) {
  return words.every((spellings) => texts.some((text) => spellings.some((spelling) => text.includes(spelling))));
}

/** The words typed, each in the spellings that are looked for: as it is, and romaji as kana. */
export function wordsOf(typed) {
  const words = fold(typed).replace(HALF_TYPED, "$1").split(/\s+/u).filter(Boolean);
  return words.map((word) => [word, kana(word) || kana(word.replace(HALF_ROMAJI, ""))].filter(Boolean));
}
