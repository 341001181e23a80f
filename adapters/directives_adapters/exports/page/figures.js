// The official table: completed on time or late, open in time or overdue, the undated apart; and its rates.

const COLUMN = {
  "completed-on-time": "completed_on_time", "completed-late": "completed_late", "in-time": "open_in_time",
  "due-soon": "open_in_time", "overdue": "open_overdue", "completed-no-deadline": "completed_no_deadline",
  "no-deadline": "open_no_deadline", "suspended": "suspended", "closed": "closed",
};
const COLUMNS = [
  "total", "open_overdue", "open_in_time", "open_no_deadline", "suspended", "completed_on_time", "completed_late",
  "completed_no_deadline", "closed",
];
// What the list is asked for where somebody wants to see what is behind a figure.
const BEHIND = {
  total: "", open_overdue: "overdue", open_in_time: "in-time+due-soon", open_no_deadline: "no-deadline",
  suspended: "suspended", completed_on_time: "completed-on-time", completed_late: "completed-late",
  completed_no_deadline: "completed-no-deadline", closed: "closed",
};

function newTally() {
  return Object.fromEntries(COLUMNS.map((column) => [column, 0]));
}

function countIn(tally, timeliness) {
  tally[COLUMN[timeliness]]++;
  tally.total++;
}

function tallyOf(views) {
  const tally = newTally();
  for (const view of views) countIn(tally, view.timeliness);
  return tally;
}

/** Shares by unit, those handed over left out; what no unit holds yet is a row of its own, the last. */
function tallyByUnit(views, moment) {
  const rows = new Map();
  for (const view of views) {
    for (const share of view.shares) {
      if (share.status === "handed-over") continue;
      const unit = share.state.unit ?? null;
      if (!rows.has(unit)) rows.set(unit, { unit, name: unit ? unitName(unit, moment) : t("not_allocated"), tally: newTally() });
      countIn(rows.get(unit).tally, share.timeliness);
    }
  }
  const key = (row) => (row.unit === null ? "\uffff" : bare(row.name));
  return [...rows.values()].map((row) => ({ ...row, key: key(row) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** The rates that offices publish, each with what it is a part of. */
function ratesOf(tally) {
  const dated = tally.completed_on_time + tally.completed_late;
  const completed = dated + tally.completed_no_deadline;
  return [
    ["rate_on_time", tally.completed_on_time, dated],
    ["rate_completed", completed, completed + tally.open_overdue],
    ["rate_overdue", tally.open_overdue, tally.open_in_time + tally.open_overdue],
  ].map(([name, numerator, denominator]) => ({ name, numerator, denominator, value: denominator ? numerator / denominator : null }));
}
