// Reads the main part of a page aloud, sentence by sentence, and shows the one that is read. No text leaves the device.
const LEFT_OUT = "rt, rp, script, style, svg, button, select, input, [hidden], [aria-hidden=true], .g-paper, .g-scripted, .g-take, details:not([open])";
const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, td, th, summary, figcaption, div, section, main";
// To the end of a sentence with the brackets that close there; in Latin script a point ends one before a space.
const SENTENCE = /[^。！？!?]*?(?:[。！？!?]+[」』）)]*|\.(?=\s)|$)/gu;
const TELEPHONE = /#\d{3,5}|0\d{1,4}-\d{1,4}-\d{2,5}|0\d{3}-\d{6}/gu;
const DIGITS = { ja: ["ゼロ", "イチ", "ニイ", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュウ"] };
const HASH = { ja: "シャープ" };
const EDGE = 96;  // pixels at the top and bottom of the screen that count as out of sight

export class Reader {
  /** @param voiceFor Gives a voice of the device for a language, or none. */
  constructor(main, button, voiceFor) {
    Object.assign(this, { main, button, voiceFor, sentences: [], next: 0, turn: 0, reading: false });
    addEventListener("pagehide", () => this.reading && this.stop());
  }

  toggle() {
    if (this.reading) this.stop();
    else this.start();
  }

  /** From the beginning, or from the sentence at which somebody stopped; what was opened meanwhile is read too. */
  start() {
    const last = this.sentences[this.next];
    this.sentences = sentencesOf(this.main);
    this.next = Math.max(0, this.sentences.findIndex(({ block, from }) => block === last?.block && from === last?.from));
    this.short = shortNumbers(this.main);
    this.show(true, "stop");
    this.read();
  }

  read() {
    this.turn += 1;
    while (this.next < this.sentences.length && !this.voiceFor(this.sentences[this.next].lang)) this.next += 1;
    const sentence = this.sentences[this.next];
    if (!sentence) return this.finish();
    if (!sentence.block.isConnected) return this.stop();  // the page was blanked
    mark(sentence);
    return this.speak(sentence);
  }

  speak({ text, lang }) {
    const { turn } = this;
    const utterance = new SpeechSynthesisUtterance(spoken(text, lang, this.short));
    utterance.voice = this.voiceFor(lang);
    utterance.lang = utterance.voice.lang;
    utterance.onend = () => {
      if (turn !== this.turn) return;
      this.next += 1;
      this.read();
    };
    utterance.onerror = () => { if (turn === this.turn) this.stop(this.button.dataset.failed); };
    this.utterance = utterance;  // kept, because a browser that forgets it never tells of its end
    speechSynthesis.speak(utterance);
  }

  stop(said = "") {
    this.turn += 1;
    speechSynthesis.cancel();
    mark(null);
    this.show(false, "more", said);
  }

  finish() {
    this.next = 0;
    mark(null);
    this.show(false, "read");
  }

  show(reading, word, said = "") {
    this.reading = reading;
    this.button.textContent = this.button.dataset[word];
    this.button.parentElement.classList.toggle("g-trail--reading", reading);  // stays in sight while it reads
    this.button.nextElementSibling.textContent = said;
  }
}

/** What is read, in order: the text, its language, and where it stands. Readings above words, and what is closed, are left out. */
export function sentencesOf(root) {
  const pieces = [];
  let piece = null;
  const acceptNode = (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(LEFT_OUT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, { acceptNode });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.localName === "br") piece = null;
      continue;
    }
    const block = node.parentElement.closest(BLOCKS);
    const { lang } = node.parentElement.closest("[lang]");
    if (piece?.block !== block || piece.lang !== lang) pieces.push(piece = { block, lang, text: "", parts: [] });
    piece.parts.push({ node, from: piece.text.length });
    piece.text += node.data;
  }
  return pieces.flatMap(({ text, ...place }) => [...text.matchAll(SENTENCE)]
    .filter(([words]) => words.trim())
    .map((found) => ({ ...place, text: found[0], from: found.index, to: found.index + found[0].length })));
}

/** The numbers on the page that are too short to be known by their look (110). */
function shortNumbers(root) {
  const numbers = [...root.querySelectorAll("a[href^='tel:']")].map(({ href }) => href.slice(4)).filter((number) => /^\d{3,5}$/u.test(number));
  return numbers.length ? new RegExp(`\\b(?:${[...new Set(numbers)].join("|")})\\b`, "gu") : /(?!)/gu;
}

/** The words to speak: numbers of telephones digit by digit, with a pause between their groups. */
export function spoken(text, lang, short) {
  const language = lang.split("-")[0];
  const digit = (one) => (one === "#" ? HASH[language] : DIGITS[language]?.[one]) ?? one;
  const number = (found) => `、${found.split("-").map((group) => [...group].map(digit).join(" ")).join("、")}、`;
  return text.replace(TELEPHONE, number).replace(short, number).replace(/\s+/gu, " ").trim();
}

function mark(sentence) {
  for (const old of document.querySelectorAll(".g-aloud__now")) old.classList.remove("g-aloud__now");
  globalThis.CSS?.highlights?.delete("aloud");
  if (!sentence) return;
  const range = rangeOf(sentence);
  if (range && globalThis.CSS?.highlights) CSS.highlights.set("aloud", new Highlight(range));
  else sentence.block.classList.add("g-aloud__now");
  const { top, bottom } = (range ?? sentence.block).getBoundingClientRect();
  if (top < EDGE || bottom > innerHeight - EDGE) sentence.block.scrollIntoView({ block: "center" });
}

/** Where a sentence stands; null when its text was changed meanwhile (readings were laid over it). */
function rangeOf({ parts, from, to }) {
  const at = (place) => parts.filter((part) => part.from <= place).pop();
  const [first, last] = [at(from), at(to - 1)];
  if (!first.node.isConnected || !last.node.isConnected) return null;
  const range = new Range();
  range.setStart(first.node, from - first.from);
  range.setEnd(last.node, to - last.from);
  return range;
}
