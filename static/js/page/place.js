// Where somebody reads: kept while the page changes its height, and found again when the page is come back to.
const BLOCKS = "h1, h2, h3, p, li, dt, dd, td, summary";  // readings and marks for line breaks change none of them
const EYE = 0.25;  // of the screen's height: about there is the line that somebody reads
const OWN = ["wheel", "touchmove", "pointerdown", "keydown"];  // whoever does so goes his own way

let goal = null;  // what the page is to show until then: () => void

/** Arriving at a fragment, or coming back; called once, before anything changes the page. */
export function startPlace() {
  const [opened] = performance.getEntriesByType("navigation");
  const place = opened && opened.type !== "navigate" ? history.state?.place : null;
  goal = place ? () => putBack(place) : fragment();
  addEventListener("hashchange", () => { goal = fragment(); });
  addEventListener("load", settlePlace);
  for (const kind of OWN) addEventListener(kind, () => { goal = null; }, { capture: true, passive: true });
  // In the history, as the browser keeps how far a page is scrolled; that alone is wrong for a page which grows by script.
  addEventListener("pagehide", () => {
    const here = scrollY > 0 ? reading() : null;
    if (here || history.state?.place) history.replaceState({ ...history.state, place: here }, "");
  });
}

/** Makes a change under which the page goes on to show what it is to show: its target, or the line that is being read. */
export function keepPlace(change) {
  const here = goal || scrollY === 0 ? null : reading();
  const root = document.documentElement;
  root.style.overflowAnchor = "none";  // the browser's own way, where it has one, would be counted twice
  change();
  if (goal) goal();
  else if (here) putBack(here);
  requestAnimationFrame(() => {
    root.style.overflowAnchor = "";
    goal?.();  // lines may have broken anew since
  });
}

/** Shows what the page is to show, now that it may be there. */
export function settlePlace() {
  if (goal) keepPlace(() => {});
}

function fragment() {
  const target = document.getElementById(decoded(location.hash.slice(1)));
  return target ? () => target.scrollIntoView({ behavior: "instant" }) : null;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The letter at the eye's height: the block that it stands in, how many letters are before it there, how high it stands. */
function reading() {
  const [node, offset] = caretAt(innerWidth / 2, innerHeight * EYE);
  const block = (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(BLOCKS);
  if (!block) return null;
  let letters = node.nodeType === Node.TEXT_NODE ? offset : 0;
  for (const text of textsOf(block)) {
    if (text === node) break;
    letters += text.length;
  }
  const place = { block: [...document.querySelectorAll(BLOCKS)].indexOf(block), letters };
  return { ...place, top: topOf(place) };
}

function putBack(place) {
  const top = topOf(place);
  if (top !== null) scrollBy({ top: top - place.top, behavior: "instant" });
}

/** How high a letter stands on the screen, null where there is none. */
function topOf({ block, letters }) {
  const element = document.querySelectorAll(BLOCKS)[block];
  if (!element?.getClientRects().length) return null;
  let left = letters;
  for (const text of textsOf(element)) {
    if (left < text.length) {
      const letter = document.createRange();
      letter.setStart(text, left);
      letter.setEnd(text, left + 1);
      const box = letter.getClientRects()[0];
      if (box) return box.top;
    }
    left = Math.max(0, left - text.length);  // a letter that is not shown: the next that is
  }
  return element.getBoundingClientRect().top;
}

/** The texts of an element without its readings. */
function textsOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("rt, rp")) texts.push(walker.currentNode);
  return texts;
}

function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [document.elementFromPoint(x, y), 0];
}
