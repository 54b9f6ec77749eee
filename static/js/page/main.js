// On every page: what a page holds is started by the name in its data-module. Pages work without it.
import { startAloud } from "./aloud-switch.js";
import { startErase } from "./erase.js";
import { startExit, startExitKeys } from "./exit.js";
import { startFurigana } from "./furigana.js";
import { stayAway } from "./left.js";
import { settlePlace, startPlace } from "./place.js";
import { startForm } from "./search-form.js";
import { startTake } from "./take.js";
import { startWard } from "./ward.js";

const MODULES = {
  aloud: startAloud,
  erase: startErase,
  exit: startExit,
  furigana: startFurigana,
  "search-form": startForm,
  take: startTake,
  ward: startWard,
};

stayAway();  // a page that gives way is empty, and nothing below finds anything to start
startPlace();

for (const [name, start] of Object.entries(MODULES)) {
  for (const element of document.querySelectorAll(`[data-module=${name}]`)) start(element);
}
const exit = document.querySelector(".g-exit__link");
if (exit) startExitKeys(exit, document.querySelector(".g-exit__said"));
settlePlace();
