// What the search says in another language than the content's. The records, their words and their ranking stay the same.

/**
 * The first search file with what `told` (data/<language>/search.json) says instead: whose numbers, when somebody answers,
 * what is in force. Names in that language are found too. Without `told` it is as it was.
 */
export function inLanguage(core, told) {
  if (!told) return core;
  const columns = [...core.columns];
  columns[4] = columns[4].map((words, i) => (isOther(told.names[i], columns[2][i]) ? `${words}|${told.names[i]}` : words));
  columns[10] = told.status;
  const calls = core.calls.map(([window, near, numbers], i) => [window, near, numbers.map(([label, number, area, limits], k) => {
    const [other, others] = told.calls[i][k];
    return [other ?? label, number, area, others ?? limits];
  })]);
  return { ...core, columns, calls, told };
}

/** The name of a record as it is shown: its own, and the Japanese one where that is another. */
export function namesOf({ core, records }, number) {
  const japanese = records[number][2];
  const told = core.told?.names[number];
  return isOther(told, japanese) ? [told, japanese] : [japanese, null];
}

/** The name of a ward in the page's language. */
export function areaName(core, area) {
  return core.told?.areas[area] ?? area;
}

function isOther(told, japanese) {
  return Boolean(told) && told !== japanese;
}
