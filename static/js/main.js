// Starts the modules that a page names with data-module; pages work without any of them.
// The search box is imported at once, so that nobody is faster than it; the search page only where it stands.
import { start as startForm } from "./search-form.js";

for (const form of document.querySelectorAll("[data-module=search-form]")) {
  startForm(form);
}
for (const root of document.querySelectorAll("[data-module=search-page]")) {
  import("./search-page.js").then((module) => module.start(root)).catch((error) => console.error("search-page", error));
}
