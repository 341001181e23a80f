// The list: the directives that fit, in pages, sorted as asked; on paper all of them.

let sortedBy = { column: "number", down: false };
let pageAt = 0;
let pageSize = 50;
const SEVERITY = ["overdue", "due-soon", "in-time", "no-deadline", "suspended", "completed-late", "completed-on-time", "completed-no-deadline", "closed"];
const ADVANCING = [...Object.keys(ADVANCE), "completed", "withdrawn", "superseded", "handed-over"];
const SORTS = {
  number: (view) => view.number,
  due_on: (view) => view.due_on ?? "9999-99-99",
  status: (view) => ADVANCING.indexOf(view.status),
  timeliness: (view) => SEVERITY.indexOf(view.timeliness),
};

function showList(views, changes, { whole = false } = {}) {
  const key = SORTS[sortedBy.column];
  const sorted = [...views].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number));
  if (sortedBy.down) sorted.reverse();
  const size = whole || !pageSize ? Math.max(sorted.length, 1) : pageSize;
  const last = Math.max(0, Math.ceil(sorted.length / size) - 1);
  const at = Math.min(pageAt, last);
  const shown = sorted.slice(at * size, (at + 1) * size);
  const columns = [["number", t("number")], [null, t("order")], [null, t("lead")], ["due_on", t("due_on")], ["status", t("status")], ["timeliness", t("timeliness")]];
  if (changes) columns.push([null, t("change")]);
  $("rows").replaceChildren(el("table", { class: "list", role: "table", "aria-labelledby": "list-head", "aria-describedby": "told" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, columns.map(([column, text]) => listHead(column, text)))),
    el("tbody", { role: "rowgroup" }, shown.map((view) => listRow(view, changes)))));
  if (!whole) {
    pageAt = at;
    $("page").textContent = t("page_of", { page: numeral(at + 1), pages: numeral(last + 1) });
    $("previous").disabled = at === 0;
    $("next").disabled = at === last;
  }
}

function listHead(column, text) {
  if (!column) return el("th", { scope: "col", role: "columnheader" }, text);
  const chosen = sortedBy.column === column;
  const press = () => {
    sortedBy = { column, down: chosen && !sortedBy.down };
    pageAt = 0;
    refreshList();
    document.querySelector(`#rows [data-sort=${column}]`).focus();
  };
  return el("th", { scope: "col", role: "columnheader", "aria-sort": chosen ? (sortedBy.down ? "descending" : "ascending") : null },
    el("button", { type: "button", class: "sort", "data-sort": column, onclick: press }, text, el("span", { "aria-hidden": "true" }, chosen ? (sortedBy.down ? " ↓" : " ↑") : "")));
}

function listRow(view, changes) {
  const { facts, number } = view;
  const change = changes?.get(number);
  const where = [facts.notice, facts.path].filter(Boolean).join(" · ");
  const cell = (label, ...children) => el("td", { role: "cell", "data-label": label }, ...children);
  return el("tr", { role: "row", "data-number": number, "data-status": view.status, "data-timeliness": view.timeliness, "data-due": view.due_on, class: change && "changed" },
    el("th", { scope: "row", role: "rowheader" },
      el("button", { type: "button", class: "open", "aria-haspopup": "dialog", onclick: (event) => openDetail(number, event.currentTarget) }, `D-${number}`)),
    cell(t("order"), el("div", { class: "text" }, said(facts.text)), where && el("div", { class: "where" }, said(where))),
    cell(t("lead"), leads(view)),
    cell(t("due_on"), dueCell(view)),
    cell(t("status"), sentence(word("status", view.status))),
    cell(t("timeliness"), mark(view.timeliness)),
    changes && cell(t("change"), change ? changeCell(view, change) : ""));
}

function leads(view) {
  const held = view.shares.filter((share) => share.status !== "handed-over");
  const names = [...new Set((held.length ? held : view.shares).map((share) => holder(share, view.moment)))];
  return names.length === 1 ? said(names[0]) : counted("units", names.length);
}

function dueCell(view) {
  const first = view.facts.deadline.recurrence ? null : view.facts.deadline.due_on;
  const extensions = Math.max(0, ...view.shares.map((share) => extensionsOf(share.state)));
  return [
    view.due_on ? dayText(view.due_on) + (view.due_time ? ` ${view.due_time.slice(0, 5)}` : "") : view.completed_on ? el("span", { class: "small" }, t("delivered", { day: dayText(view.completed_on) })) : "–",
    first && view.due_on && first !== view.due_on && el("div", { class: "small" }, t("first_due", { day: dayText(first) })),
    extensions > 0 && el("div", { class: "small" }, counted("extensions", extensions)),
  ];
}

/** What became of it since the moment it is compared with, in words, and how it stood. */
function changeCell(view, { kinds, before }) {
  const words = kinds.map(changeWord).join(", ");
  const was = before && (before.timeliness !== view.timeliness || before.due_on !== view.due_on);
  return [
    el("span", { class: "change" }, el("span", { "aria-hidden": "true" }, "● "), words),
    was && el("div", { class: "small" }, t("was", { stood: word("timeliness", before.timeliness), due: before.due_on ? dayText(before.due_on) : "–" })),
  ];
}
