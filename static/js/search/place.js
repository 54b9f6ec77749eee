// Where somebody was among the results, for coming back to it: the page answers anew then, and the browser's own memory of
// the place is of a page that was long already. Two numbers in the history, never words; nothing of a sensitive answer.
const STILL = 200;  // milliseconds without scrolling before the place is kept

export class Place {
  /** @param {HTMLElement} list The results; its data-state tells whether they stand. */
  constructor(list) {
    this.list = list;
    this.wanted = null;
    addEventListener("scroll", () => {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.keep(), STILL);
    }, { passive: true });
    addEventListener("pagehide", () => this.keep());
    // Whoever scrolls or types before the answer is there goes on from where they are.
    for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(type, () => { this.wanted = null; }, { passive: true });
    }
  }

  /** Reads what the history holds of this entry, to go there when the answer stands. */
  take() {
    const { card, top } = history.state ?? {};
    this.wanted = Number.isInteger(card) && Number.isInteger(top) ? { card, top } : null;
  }

  /** Goes to the place that was taken, once. */
  restore() {
    const card = this.wanted && this.list.children[this.wanted.card];
    if (card) scrollBy({ top: card.getBoundingClientRect().top - this.wanted.top, behavior: "instant" });
    this.wanted = null;
  }

  /** Keeps which card stands highest on the screen, and where. */
  keep() {
    if (this.list.dataset.state !== "done" || !this.list.isConnected) return;
    const tops = [...this.list.children].map((card) => card.getBoundingClientRect());
    const card = document.body.classList.contains("g-sensitive") || scrollY === 0 ? -1 : tops.findIndex(({ bottom }) => bottom > 0);
    history.scrollRestoration = card < 0 ? "auto" : "manual";
    history.replaceState(card < 0 ? null : { card, top: Math.round(tops[card].top) }, "");
  }
}
