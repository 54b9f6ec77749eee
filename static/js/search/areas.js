// Which ward a question is about, and which of a window's numbers are that ward's. Values in, values out.
import { fold } from "./normalise.js";
import { isIn } from "../page/ward.js";

// Another city, town or prefecture; 市役所, 市営, 市民 and the like are of this one.
const ELSEWHERE = /[一-鿿]{1,3}(?:市(?![役営民内長立税])|[都府県](?![営立民庁外道])|郡)/u;
// A place that is named to say that it is not meant.
const DENIED = /(?:じゃ|では|で)な[いか]/u;

/**
 * The ward that a question names: {ward, school, open}; by its own name, or by a school district whose school lies in it
 * (then `school` is that name). Two wards, another city or a denial leave it `open`: then all are offered, whatever was
 * chosen before.
 */
export function wardIn({ city, areas }, query) {
  const text = fold(query).replaceAll(fold(city), " ");
  const words = text.split(/[\s　、,]+/u);
  const named = areas.filter(([name, others]) => {
    return text.includes(fold(name)) || others.split("|").some((other) => ` ${words.join(" ")} `.includes(` ${other} `));
  });
  if (ELSEWHERE.test(text) || named.length > 1 || (named.length && DENIED.test(text))) return { ward: "", school: "", open: true };
  if (named.length) return { ward: named[0][0], school: "", open: false };
  const schools = areas.flatMap(([name, , list]) => list.split("|").filter(Boolean).map((school) => [school, name]));
  const said = schools.filter(([school]) => words.includes(school) || new RegExp(`${school}(?:校区|小学校|小(?![さ学]))`, "u").test(text));
  const longest = said.filter(([school]) => !said.some(([other]) => other !== school && other.includes(school)));
  const wards = new Set(longest.map(([, name]) => name));
  return wards.size === 1 ? { ward: longest[0][1], school: longest[0][0], open: false } : { ward: "", school: "", open: wards.size > 1 };
}

/** A window's numbers for a ward; all of them when none is the ward's or no ward is known: `mine` tells. */
export function phonesFor(phones, ward) {
  const mine = phones.filter(([, , area]) => isIn(ward, area ?? ""));
  return { mine: mine.length > 0, phones: mine.length ? mine : phones };
}
