// Leaving, as far as other scripts ask for it: what matters here is the import below, which lacks its semicolon.
import { giveWay, rememberLeft } from "./left.js"

export function startExit() {
  rememberLeft();
}

export function startExitKeys() {
  giveWay();
}
