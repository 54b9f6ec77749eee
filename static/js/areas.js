// Which ward a question is about, and which of a window's numbers are that ward's. Values in, values out.
import { fold } from "./normalise.js";
import { isIn } from "./ward.js";

/**
 * The ward that a question names: {ward, school}; by its own name, or by a school district whose school lies in it (then
 * `school` is that name). Another city's ward of the same name is none, and two wards are none: then all are offered.
 */
export function wardIn({ city, areas }, query) {
  const text = fold(query).replaceAll(fold(city), " ");
  const words = text.split(/[\s　、,]+/u);
  const named = areas.filter(([name, others]) => {
    return isNamed(text, fold(name)) || others.split("|").some((other) => ` ${words.join(" ")} `.includes(` ${other} `));
  });
  if (named.length) return { ward: named.length === 1 ? named[0][0] : "", school: "" };
  const schools = areas.flatMap(([name, , list]) => list.split("|").filter(Boolean).map((school) => [school, name]));
  const said = schools.filter(([school]) => words.includes(school) || new RegExp(`${school}(?:校区|小学校|小(?![さ学]))`, "u").test(text));
  const longest = said.filter(([school]) => !said.some(([other]) => other !== school && other.includes(school)));
  const wards = new Set(longest.map(([, name]) => name));
  return wards.size === 1 ? { ward: longest[0][1], school: longest[0][0] } : { ward: "", school: "" };
}

/** A ward's name that is not another city's: 福岡市東区 and 東京都中央区 are elsewhere. */
function isNamed(text, name) {
  return new RegExp(`(?<![市都府県])${name}`, "u").test(text);
}

/** A window's numbers for a ward; all of them when none is the ward's or no ward is known: `mine` tells. */
export function phonesFor(phones, ward) {
  const mine = phones.filter(([, , area]) => isIn(ward, area ?? ""));
  return { mine: mine.length > 0, phones: mine.length ? mine : phones };
}
