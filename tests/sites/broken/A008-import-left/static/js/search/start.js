// On the search page, after main.js: starts the page itself.
const version = 1; import { startPage } from "./page.js";

for (const root of document.querySelectorAll("[data-module=search-page]")) {
  startPage(root);
}
