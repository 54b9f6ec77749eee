// Removes everything that this guide has put on the device: copies for reading offline and settings.

/** @param {HTMLButtonElement} button Its section holds the place where the outcome is told. */
export function startErase(button) {
  const said = button.closest("section").querySelector("[role=status]");
  button.addEventListener("click", async () => {
    try {
      await erase();
      said.textContent = said.dataset.done;
    } catch (error) {
      console.error(error);
      said.textContent = said.dataset.failed;
    }
  });
}

async function erase() {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  const stores = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(stores.map((name) => caches.delete(name)));
  for (const store of ["localStorage", "sessionStorage"]) forget(store);
}

/** Where storage is switched off, nothing was kept. */
function forget(store) {
  try {
    globalThis[store].clear();
  } catch (error) {
    console.info(`${store} rests:`, error.message);
  }
}
