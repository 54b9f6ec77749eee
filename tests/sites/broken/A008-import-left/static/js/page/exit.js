// Leaving a page that should not be seen: blank it at once, put a harmless page in its place, let the history give way.
import { giveWay, rememberLeft } from "./left.js"

const TIMES = 3;
const WITHIN = 5000;  // milliseconds for pressing a key three times
const KEYS = ["Shift", "Escape"];

/** @param {HTMLAnchorElement} link Works without script too; the page then stays in the history. */
export function startExit(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
}

/** Three times Shift or Escape does the same as the link while that is in view; `said` tells how many are left. */
export function startExitKeys(link, said) {
  let pressed = [];
  let forgetting = 0;
  addEventListener("keyup", ({ key, timeStamp, isComposing }) => {
    if (!KEYS.includes(key) || isComposing || !link.getClientRects().length) {
      pressed = [];
      return;
    }
    clearTimeout(forgetting);
    forgetting = setTimeout(() => { said.textContent = ""; }, WITHIN);
    pressed = [...pressed.filter((one) => one.key === key && timeStamp - one.timeStamp < WITHIN), { key, timeStamp }];
    const left = TIMES - pressed.length;
    if (left <= 0) leave(link.href);
    else said.textContent = `あと${left}回押すと、このページを閉じます。`;
  });
}

function leave(address) {
  rememberLeft(address);
  giveWay(address);
}
