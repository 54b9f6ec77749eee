// On the list, after main.js: starts the filter.
import { startFilter } from "./list-filter.js";

for (const root of document.querySelectorAll("[data-module=list-filter]")) startFilter(root);
