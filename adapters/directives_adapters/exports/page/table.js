// The figures as tiles, rates and the table of the units; every figure leads to the directives behind it.

let byFigure = { column: "open_overdue", down: true };
let allUnits = false;
const FEW_UNITS = 10;

/** A figure; pressed, it asks the list for what is behind it. */
function figure(n, column, unit, name) {
  if (!n) return el("span", { class: "none" }, "0");
  const label = t("behind", { n: numeral(n), what: word("figure", column), whose: harmless(name) });
  return el("button", { type: "button", class: "figure", "aria-label": label, onclick: () => askBehind(unit, column) }, numeral(n));
}

function showTiles(tally) {
  $("tiles").replaceChildren(...COLUMNS.map((column) => el("li", { class: `tile ${column}`, "data-column": column },
    figure(tally[column], column, "", t("all")), el("span", { class: "what" }, sentence(word("figure", column))))));
  $("rates").replaceChildren(...ratesOf(tally).map((rate) => el("li", { "data-rate": rate.name },
    t(rate.name, { value: rate.value === null ? "–" : percent(rate.value), numerator: numeral(rate.numerator), denominator: numeral(rate.denominator) }))));
}

function showUnits(rows, { whole = allUnits } = {}) {
  const { column, down } = byFigure;
  const sorted = column === "unit" ? [...rows] : [...rows].sort((a, b) => b.tally[column] - a.tally[column]);
  if (column === "unit" ? down : !down) sorted.reverse();
  const shown = whole ? sorted : sorted.slice(0, FEW_UNITS);
  const most = Math.max(1, ...rows.map((row) => row.tally.total));
  $("units").replaceChildren(el("table", { class: "units" },
    el("thead", null, ...unitHeads()),
    el("tbody", null, shown.map((row) => unitRow(row, most)))));
  const rest = rows.length - FEW_UNITS;
  fill($("all-units"), { "aria-expanded": String(allUnits) }, []).hidden = rest <= 0;
  $("all-units").textContent = allUnits ? t("fewer_units") : counted("all_units", rows.length);
}

/** Two rows, as in the official table: what is open and what is completed, each by its deadline. */
function unitHeads() {
  const alone = (head) => fill(head, { rowspan: 2 }, []);
  const over = (columns, text) => el("th", { scope: "colgroup", colspan: columns.length, class: "over" }, text);
  const open = COLUMNS.slice(1, 5), completed = COLUMNS.slice(5, 8);
  const heads = [...open, ...completed].map((column) => headOf(column, t(`head_${column}`)));
  return [
    el("tr", null, alone(headOf("unit", t("unit"))), alone(el("th", { scope: "col", class: "bar" }, t("bar"))), alone(headOf("total", t("head_total"))),
      over(open, t("head_open")), over(completed, t("head_completed")), alone(headOf("closed", t("head_closed")))),
    el("tr", null, heads),
  ];
}

function headOf(column, text) {
  const chosen = byFigure.column === column;
  const direction = chosen ? (byFigure.down ? "descending" : "ascending") : null;
  const press = () => {
    byFigure = { column, down: chosen ? !byFigure.down : column !== "unit" };
    refreshUnits();
    document.querySelector(`#units [data-sort=${column}]`).focus();
  };
  return el("th", { scope: "col", "aria-sort": direction },
    el("button", { type: "button", class: "sort", "data-sort": column, onclick: press }, text, el("span", { "aria-hidden": "true" }, chosen ? (byFigure.down ? " ↓" : " ↑") : "")));
}

function unitRow({ unit, name, tally }, most) {
  return el("tr", { "data-unit": unit ?? "-" },
    el("th", { scope: "row" }, said(name)),
    el("td", { class: "bar" }, barOf(tally, most)),
    COLUMNS.map((column) => el("td", { "data-column": column, "data-label": sentence(word("figure", column)) }, figure(tally[column], column, unit ?? "-", name))));
}

/** The row as a bar: the numbers beside it say the same. */
function barOf(tally, most) {
  const width = 90;
  let x = 0;
  const parts = COLUMNS.slice(1).map((column) => {
    const part = svg("rect", { class: `area ${column}`, x, y: 0, height: 12, width: (tally[column] / most) * width });
    x += (tally[column] / most) * width;
    return part;
  });
  return svg("svg", { viewBox: `0 0 ${width} 12`, width, height: 12, "aria-hidden": "true" }, parts);
}
