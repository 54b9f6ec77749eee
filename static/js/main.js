// Starts each [data-module] once. A module that fails takes nothing else with it: pages work without script.
const MODULES = {
  "search-form": () => import("./search-form.js"),
  "search-page": () => import("./search-page.js"),
};

for (const root of document.querySelectorAll("[data-module]")) {
  const load = MODULES[root.dataset.module];
  if (load) {
    load()
      .then((module) => module.start(root))
      .catch((error) => console.error(root.dataset.module, error));
  }
}
