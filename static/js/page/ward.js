// Where the reader lives: chosen once, kept for this tab only (erased with it and on the safety page), never sent.
const WARD = "ward:";
let kept = "";  // where storage is switched off, for this page only

/** The ward chosen in this tab, "" when none is. @param {string} base The guide's own path: other guides keep their own. */
export function wardOf(base) {
  try {
    return sessionStorage.getItem(WARD + base) ?? "";
  } catch {
    return kept;
  }
}

/** The choice on a page. @param {HTMLSelectElement} select Its data-base is the guide's own path. */
export function startWard(select) {
  const { base } = select.dataset;
  const show = () => {
    const before = select.value;
    select.value = wardOf(base);
    showWard(document, select.value);
    return select.value !== before;
  };
  const tell = () => dispatchEvent(new Event("ward"));
  select.addEventListener("change", () => {
    keepWard(base, select.value);
    show();
    tell();
  });
  // A page that is come back to remembers what stood in its fields; what is kept for the tab may be another by now.
  addEventListener("pageshow", () => { if (show()) tell(); });
  show();
}

function keepWard(base, ward) {
  kept = ward;
  try {
    if (ward) sessionStorage.setItem(WARD + base, ward);
    else sessionStorage.removeItem(WARD + base);
  } catch (error) {
    console.info("the ward is kept for this page only:", error.message);
  }
}

/** Whether an area as written (「東区・北区」) holds a ward. */
export function isIn(ward, area) {
  return ward !== "" && area.split("・").includes(ward);
}

/** Shows a ward's own numbers and places before each choice of areas below `root`, and first and open among areas. */
export function showWard(root, ward) {
  for (const old of root.querySelectorAll(".g-areas__mine")) old.remove();
  for (const choice of root.querySelectorAll(".g-areas__choice, .g-call__choice")) {
    const areas = [...choice.querySelectorAll("[data-area]")].filter(({ dataset }) => isIn(ward, dataset.area));
    if ("standing" in choice.dataset) {  // all areas stand open until the ward's own number does
      choice.open = areas.length === 0;
      choice.dataset.standing = choice.open ? "" : "behind";
    }
    for (const area of areas) {
      const mine = document.createElement("div");
      mine.className = `${area.className} g-areas__mine`;
      mine.dataset.area = area.dataset.area;
      mine.append(...[...area.childNodes].map((node) => node.cloneNode(true)));
      choice.before(mine);
    }
  }
  for (const group of root.querySelectorAll(".g-call__group[data-area]")) {
    const mine = isIn(ward, group.dataset.area);
    group.classList.toggle("g-call__group--mine", mine);
    if (mine) group.parentElement.insertBefore(group, group.parentElement.querySelector(".g-call__group"));
    if (ward && "open" in group) group.open = mine;
  }
}
