// Whom to call about a result: the number, a ward's own numbers, or the areas to choose from. Twin of components/call.html.
import { phonesFor } from "./areas.js";
import { element } from "../page/dom.js";
import { areaName, namesOf } from "./told.js";

/** The numbers of the window to call about a record for a ward ("" when none is known), as an element of its card. */
export function callOf(index, words, number, ward) {
  const { core, records } = index;
  const [window, near, numbers] = core.calls[records[number][9]];
  const [who] = namesOf(index, window);
  const { mine, phones } = phonesFor(numbers, ward);
  const byArea = phones.some(([, , area]) => area);
  const only = near ? [element("span", "g-quick__near", words.near)] : [];
  if (!byArea) {
    const [[label, telephoneNumber, , told]] = phones;
    const name = element("span", "g-quick__name", label.includes(who) ? label : `${who} ${label}`);
    return line("p", "g-quick", [...only, name, telephone(telephoneNumber), ...limits(told)]);
  }
  const box = line("div", "g-areas", only);
  if (window !== number) box.append(element("span", "g-quick__name", who));
  const common = toldOfAll(phones);
  const own = phones.map(([label, its, area, told]) => [label, its, area, told.slice(common.length)]);
  if (mine) {
    box.append(...areaLines(core, own, "p"));
  } else {
    const [choice, list] = [element("details", "g-areas__choice"), element("ul", "g-areas__list")];
    list.append(...areaLines(core, own, "li"));
    choice.append(element("summary", "g-areas__summary", words.choose), list);
    box.append(choice);
  }
  box.append(...limits(common));
  return box;
}

/**
 * What limits all of the numbers, which is said once, also while they are folded: all of it, or that hours are not known.
 * Known hours are never parted from what stands in brackets behind them: it may be their condition.
 */
function toldOfAll(phones) {
  const [first, ...others] = phones.map(([, , , told]) => told);
  const [unknown] = first.match(/^[^（]*未確認(?=（|$)/u) ?? [];
  return [first, unknown].find((head) => head && others.every((told) => told === head || (head === unknown && told.startsWith(head)))) ?? "";
}

/** A line for each area, with its numbers; what each is for stands there when an area has several, or in brackets. */
function areaLines(core, phones, tag) {
  const areas = [...new Set(phones.map(([, , area]) => area))];
  return areas.map((area) => {
    const its = phones.filter((phone) => phone[2] === area);
    const told = (label) => (its.length > 1 ? label : label.replace(/^[^（(]*/u, ""));
    const name = (label) => (told(label) ? [element("span", "", told(label))] : []);
    const parts = its.flatMap(([label, number, , limit]) => [...name(label), telephone(number), ...limits(limit)]);
    return line(tag, "g-areas__area", [element("span", "g-areas__name", areaName(core, area)), ...parts]);
  });
}

/** When somebody answers, and what limits the number. */
function limits(told) {
  return told ? [element("span", "g-quick__note", told)] : [];
}

function line(name, className, parts) {
  const made = element(name, className);
  made.append(...parts);
  return made;
}

function telephone(number) {
  const tel = element("a", "g-tel", number);
  tel.href = `tel:${number}`;
  return tel;
}
