// Making elements. Text goes in as text alone: there is no markup made of strings anywhere on this page.

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : harmless(child));
  }
  return element;
}

const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** Text out of the register: in its own language, and kept apart from the direction of what stands around it. */
const said = (text) => el("bdi", { lang: MATTER.written_in }, text);

function mark(timeliness) {
  return el("span", { class: `mark ${timeliness}` }, el("span", { "aria-hidden": "true", class: "sign" }, SIGNS[timeliness]), " ", word("timeliness", timeliness));
}

/** Give a select its choices; what was chosen stays a choice, though nothing at the moment is so. */
function options(select, choices, chosen) {
  const kept = select.selectedOptions[0];
  const known = choices.some(([value]) => value === chosen);
  const all = known || !kept || !chosen ? choices : [...choices, [chosen, kept.textContent]];
  select.replaceChildren(...all.map(([value, text]) => el("option", { value }, text)));
  select.value = known || kept ? chosen : choices[0][0];
}

/** Calls together what is asked for several times before the next picture is drawn. */
function once(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}
