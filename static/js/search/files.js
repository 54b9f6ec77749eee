// The two files of the search page. The second brings the needs; without it only a part of the words is known.
import { prepare, prepareInSteps } from "./inverted-index.js";
import { answer } from "./rank.js";
import { nearlyWhole } from "./closeness.js";
import { inLanguage } from "./told.js";

export class SearchFiles {
  /** @param {{index: string, more: string, told?: string}} addresses */
  constructor(addresses) {
    this.addresses = addresses;
    this.whole = null;
  }

  /** What the first file holds. It has the line to itself. Rejects when it cannot be had; then it is asked for anew. */
  first() {
    this.core ??= this.inLanguage().catch((error) => {
      this.core = null;
      throw error;
    });
    return this.core;
  }

  /** In another language what is said in it comes along; without it the answers are in Japanese. */
  async inLanguage() {
    const { index, told } = this.addresses;
    const [core, other] = await Promise.all([get(index), told ? get(told).catch(() => null) : null]);
    return inLanguage(core, other);
  }

  /** The index of both files, which is then `whole`; null when one cannot be had. Whoever asks again tries again. */
  both() {
    this.later ??= this.prepared().catch((error) => {
      console.info("half of the words is missing:", error.message);
      this.later = null;
      return null;
    });
    return this.later;
  }

  async prepared() {
    const core = await this.first();
    this.whole = await prepareInSteps(core, await get(this.addresses.more));
    return this.whole;
  }

  /** The index of the first file alone. */
  async part() {
    const core = await this.first();
    return (this.early ??= prepare(core, {}));
  }

  /** What an index says to a question. Near hits of the first file alone are no answer: what is meant is in the second. */
  answer(index, query) {
    const found = answer(index, query);
    return index === this.whole ? found : { ...found, ranked: nearlyWhole(index, query, found.ranked) };
  }
}

async function get(address) {
  return (await fetch(address)).json();
}
