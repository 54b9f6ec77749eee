// On every page: the search box is ready before anybody can press Enter. Pages work without it.
import { startForm } from "./search-form.js";

for (const form of document.querySelectorAll("[data-module=search-form]")) {
  startForm(form);
}
