// Elements made by scripts: text only, never HTML from data.

/** An element with its class and text. */
export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
