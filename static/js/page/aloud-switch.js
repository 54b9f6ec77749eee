// The switch for reading aloud: in sight only where the device itself has a voice for the page. A voice that would send the text
// elsewhere is never used. What reads (aloud.js) is loaded when it is wanted.

/** @param {HTMLButtonElement} button Hidden until a voice is found; its words stand in its data. */
export function startAloud(button) {
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  const look = () => { button.hidden = !voiceFor(button.closest("[lang]").lang); };
  speech.addEventListener?.("voiceschanged", look);  // Safari before 16 has no such event, and its voices at once
  look();
  let reader;
  button.addEventListener("click", async () => {
    try {
      reader ??= new (await import("./aloud.js")).Reader(document.querySelector("main"), button, voiceFor);
      reader.toggle();
    } catch (error) {
      console.info("nothing is read aloud:", error.message);
      button.nextElementSibling.textContent = button.dataset.failed;
    }
  });
}

/** A voice of the device for a language such as ja or en; its own choice where it has several. */
function voiceFor(lang) {
  const language = (name) => name.toLowerCase().split(/[-_]/u)[0];
  const mine = speechSynthesis.getVoices().filter((one) => one.localService === true && language(one.lang) === language(lang));
  return mine.find((one) => one.default) ?? mine[0];
}
