// The switch for readings. Words and readings come from one file, asked for only when somebody wants them.
import { keepPlace } from "./place.js";

const MARKED_WORD = /\{([^|{}]+)\|([^{}]+)\}/gu;
const LEFT_OUT = "ruby, script, style, select, input, svg, .g-tel, [role=status], [lang]:not([lang|=ja])";
const REMEMBERED = "furigana";  // for this tab only; says nothing about what was read

/** @param {HTMLButtonElement} button */
export function startFurigana(button) {
  const switched = new Furigana(button);
  button.addEventListener("click", () => switched.set(button.getAttribute("aria-pressed") !== "true"));
  if (remembered() === "on") switched.show(true);
}

class Furigana {
  constructor(button) {
    this.button = button;
    this.watcher = new MutationObserver((changes) => this.added(changes));
  }

  set(on) {
    remember(on ? "on" : "off");
    return this.show(on);
  }

  async show(on) {
    this.button.setAttribute("aria-pressed", String(on));
    keepPlace(() => { document.documentElement.dataset.furigana = on ? "on" : "off"; });
    if (!on) return this.watcher.disconnect();
    try {
      this.words ??= byFirst(await (await fetch(this.button.dataset.readings)).json());
    } catch (error) {
      console.info("readings rest:", error.message);
      return this.show(false);  // not remembered: whoever leaves the page meanwhile still wants them on the next
    }
    if (this.button.getAttribute("aria-pressed") !== "true") return undefined;  // switched off while we waited
    keepPlace(() => this.annotate(document.body));
    return this.watch();
  }

  watch() {
    this.watcher.observe(document.body, { childList: true, subtree: true });
  }

  added(changes) {
    this.watcher.disconnect();
    keepPlace(() => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.isConnected) this.annotate(node);
      }
    });
    this.watch();
  }

  annotate(root) {
    joinPhrases(root);
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(LEFT_OUT)) texts.push(node);
    }
    for (const text of texts) {
      const parts = read(this.words, text.data);
      if (parts.some((part) => part.reading)) text.replaceWith(...parts.map(rubyOf));
    }
  }
}

/** A word may reach over a place where a heading may break: with readings, those places go. */
function joinPhrases(root) {
  const parents = new Set([...root.querySelectorAll?.("wbr") ?? []].map((mark) => mark.parentElement));
  for (const parent of parents) {
    for (const mark of parent.querySelectorAll(":scope > wbr")) mark.remove();
    parent.normalize();
  }
}

/** Words by their first letter, longest first: [plain text, its parts]. */
function byFirst(words) {
  const found = new Map();
  for (const word of words) {
    const parts = marked(word);
    const plain = parts.map((part) => part.base).join("");
    if (!found.has(plain[0])) found.set(plain[0], []);
    found.get(plain[0]).push([plain, parts]);
  }
  for (const list of found.values()) list.sort(([one], [other]) => other.length - one.length);
  return found;
}

/** {申|もう}し{込|こ}む → its parts, each with its reading or none. */
function marked(word) {
  const parts = [];
  let end = 0;
  for (const match of word.matchAll(MARKED_WORD)) {
    if (match.index > end) parts.push({ base: word.slice(end, match.index) });
    parts.push({ base: match[1], reading: match[2] });
    end = match.index + match[0].length;
  }
  if (end < word.length) parts.push({ base: word.slice(end) });
  return parts;
}

/** Cuts a text into known words, the longest first at each place, and the rest. */
export function read(words, text) {
  const parts = [];
  let rest = "";
  for (let i = 0; i < text.length;) {
    const known = words.get(text[i])?.find(([plain]) => text.startsWith(plain, i));
    if (known) {
      if (rest) parts.push({ base: rest });
      rest = "";
      parts.push(...known[1]);
      i += known[0].length;
    } else {
      rest += text[i];
      i += 1;
    }
  }
  return rest ? [...parts, { base: rest }] : parts;
}

function rubyOf({ base, reading }) {
  if (!reading) return document.createTextNode(base);
  const ruby = document.createElement("ruby");
  const above = document.createElement("rt");
  ruby.className = "g-laid";  // the switch hides these only, not the readings that a text came with
  above.textContent = reading;
  above.setAttribute("aria-hidden", "true");
  ruby.append(base, above);
  return ruby;
}

function remember(value) {
  try {
    sessionStorage.setItem(REMEMBERED, value);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
