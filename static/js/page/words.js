// Words of the interface that a script says: they stand in the page, in the page's language.

/** The words of a module, by name: `data-words` of its element. */
export function toSay(root) {
  return JSON.parse(root.dataset.words);
}

/** Words with what is to be filled in: `{count}件見つかりました。` */
export function filled(pattern, values) {
  return pattern.replace(/\{([a-z]+)\}/gu, (_, name) => values[name]);
}
