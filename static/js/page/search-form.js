// The search box: puts the question into the fragment of the search page, so that it never leaves the device.

/** @param {HTMLFormElement} form */
export function startForm(form) {
  const box = form.querySelector("input");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = box.value.trim();
    if (!query || location.pathname === form.dataset.search) return;  // the search page answers its own box
    location.assign(`${form.dataset.search}#q=${encodeURIComponent(query)}`);
  });
}
