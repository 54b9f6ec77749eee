// Leaving a page that should not be seen: blank it at once, put a harmless page in its place, let the history give way.
import { giveWay, rememberLeft } from "./left.js";
import { filled } from "./words.js";

const TIMES = 3;
const WITHIN = 5000;  // milliseconds for pressing a key three times
const HELD = 1000;  // held longer, a key is for something else
const KEYS = ["Shift", "Escape"];

/** @param {HTMLAnchorElement} link Works without script too; the page then stays in the history. */
export function startExit(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
}

/** Three times Shift or Escape, each alone, does the same as the link while that is in view; `said` tells how many are left. */
export function startExitKeys(link, said) {
  let pressed = [];
  let down = null;  // one of the keys, held while nothing else is done
  let forgetting = 0;
  const forget = () => {
    [pressed, down] = [[], null];
    said.textContent = "";
  };
  // Shift+click, Shift+wheel, another window: the key was for something else, and the count begins anew.
  for (const kind of ["pointerdown", "wheel", "blur"]) addEventListener(kind, forget, { passive: true });
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (down || !isOneAlone(event) || !link.getClientRects().length) forget();
    else down = { key: event.key, since: event.timeStamp };
  });
  addEventListener("keyup", ({ key, timeStamp }) => {
    const alone = down?.key === key && timeStamp - down.since < HELD;
    down = null;
    if (!alone) return forget();
    clearTimeout(forgetting);
    forgetting = setTimeout(forget, WITHIN);
    pressed = [...pressed.filter((one) => one.key === key && timeStamp - one.timeStamp < WITHIN), { key, timeStamp }];
    const left = TIMES - pressed.length;
    if (left <= 0) leave(link.href);
    else said.textContent = filled(said.dataset.words, { count: left });
    return undefined;
  });
}

function isOneAlone({ key, isComposing, ctrlKey, altKey, metaKey, shiftKey }) {
  return KEYS.includes(key) && !isComposing && !ctrlKey && !altKey && !metaKey && (key === "Shift" || !shiftKey);
}

function leave(address) {
  rememberLeft(address);
  giveWay(address);
}
