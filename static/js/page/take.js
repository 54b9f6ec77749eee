// A page or a text of it taken along: printed, sent with what the device has for that, copied. Nothing is sent by this guide.

/** @param {HTMLElement} part Its buttons say what they do; what came of it is told in its role=status, in the words given there. */
export function startTake(part) {
  const said = part.querySelector("[role=status]");
  part.addEventListener("click", ({ target }) => {
    const { take, copy } = target.closest("button")?.dataset ?? {};
    if (take === "print") print();
    else if (take === "send") send(said);
    else if (take === "copy") copyText(pageAddress(), said);
    else if (copy) copyText(copy, said);
  });
}

/** Without the fragment: it says where somebody was reading, or what was asked. */
function pageAddress() {
  return location.origin + location.pathname;
}

async function send(said) {
  if (!navigator.share) return copyText(pageAddress(), said);
  try {
    await navigator.share({ title: document.title, url: pageAddress() });
  } catch (error) {
    if (error.name === "AbortError") return undefined;  // somebody thought better of it
    return copyText(pageAddress(), said);
  }
  return undefined;
}

async function copyText(text, said) {
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = said.dataset.copied;
  } catch (error) {  // no clipboard without https, or it is not allowed
    console.info("nothing was copied:", error.message);
    said.textContent = `${said.dataset.failed} ${text}`;
  }
}
