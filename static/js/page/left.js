// After the exit the history leads nowhere: a page of this guide that is reached through it gives way once more.
const LEFT = "guide-left";  // in this tab: the harmless address, until somebody opens the guide in the ordinary way

/** Blanks this page and puts a harmless one in its place in the history; a question goes from the address at once. */
export function giveWay(address) {
  hideAll(true);
  document.title = "";
  document.body?.replaceChildren();  // none yet, where this runs in the head
  globalThis.speechSynthesis?.cancel();  // a page that is read aloud falls silent before another is there
  history.replaceState(null, "", location.pathname);
  location.replace(navigator.onLine ? address : "about:blank");
}

/** From now on the history gives way. Where storage is switched off, only the page at hand does. */
export function rememberLeft(address) {
  try {
    sessionStorage.setItem(LEFT, address);
  } catch (error) {
    console.info("the exit is not remembered:", error.message);
  }
}

/** On every page before anything else: gives way when the exit was taken and the history led here. */
export function stayAway() {
  const [opened] = performance.getEntriesByType("navigation");
  if (opened?.type === "back_forward") giveWayAgain();
  else forgetLeft();
  // A page that the browser keeps alive would be painted as it was, before it is told that it is seen again.
  addEventListener("pagehide", ({ persisted }) => persisted && hideAll(true));
  addEventListener("pageshow", ({ persisted }) => persisted && !giveWayAgain() && hideAll(false));
}

function giveWayAgain() {
  let address = null;
  try {
    address = sessionStorage.getItem(LEFT);
  } catch (error) {
    console.info("no exit is remembered:", error.message);
  }
  if (address) giveWay(address);
  return Boolean(address);
}

function forgetLeft() {
  try {
    sessionStorage.removeItem(LEFT);
  } catch (error) {
    console.info("no exit is remembered:", error.message);
  }
}

function hideAll(hidden) {
  document.documentElement.style.visibility = hidden ? "hidden" : "";
}
