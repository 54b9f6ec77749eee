// On every page: what a page holds is started by the name in its data-module. Pages work without it.
import { startErase } from "./erase.js";
import { startExit, startExitKeys } from "./exit.js";
import { startFurigana } from "./furigana.js";
import { stayAway } from "./left.js";
import { startForm } from "./search-form.js";
import { startWard } from "./ward.js";

const MODULES = { erase: startErase, exit: startExit, furigana: startFurigana, "search-form": startForm, ward: startWard };

stayAway();  // a page that gives way is empty, and nothing below finds anything to start

for (const [name, start] of Object.entries(MODULES)) {
  for (const element of document.querySelectorAll(`[data-module=${name}]`)) start(element);
}
const exit = document.querySelector(".g-exit__link");
if (exit) startExitKeys(exit, document.querySelector(".g-exit__said"));
