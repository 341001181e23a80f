// How a directive stands on a day; the rules of directives_core.directive.standing, held against them by tests.

const ADVANCE = { "assigned": 0, "declined": 1, "in-progress": 2, "returned": 3, "awaiting-acceptance": 4, "suspended": 5 };
const ENDED = new Set(["withdrawn", "superseded", "handed-over"]);
const WORST = ["overdue", "due-soon", "in-time", "no-deadline", "suspended"];
const WORST_COMPLETED = ["completed-late", "completed-on-time", "completed-no-deadline"];

const statusOf = (duty) => duty.status ?? "assigned";
const binds = (status) => status in ADVANCE;
const isOpen = (status) => status in ADVANCE && status !== "suspended";
const least = (values, rank) => values.reduce((a, b) => (rank(b) < rank(a) ? b : a));
const worst = (duties, order) => least(duties.map((duty) => duty.timeliness), (one) => order.indexOf(one));
const leastAdvanced = (duties) => least(duties.map((duty) => duty.status), (status) => ADVANCE[status]);

/** Judged by the day; while a result awaits acceptance the clock stands at the day of the report. */
function timelinessOf(duty, moment) {
  const status = statusOf(duty);
  if (status === "suspended") return "suspended";
  if (ENDED.has(status)) return "closed";
  if (status === "completed") {
    if (!duty.due_on) return "completed-no-deadline";
    return duty.delivered_on && duty.delivered_on > duty.due_on ? "completed-late" : "completed-on-time";
  }
  if (!duty.due_on) return "no-deadline";
  const waits = status === "awaiting-acceptance";
  if (duty.due_on < ((waits && duty.awaited_since) || moment.day)) return "overdue";
  return !waits && duty.due_on <= moment.horizon ? "due-soon" : "in-time";
}

function standingOf(duty, moment) {
  return {
    status: statusOf(duty), timeliness: timelinessOf(duty, moment), due_on: duty.due_on ?? null,
    due_time: duty.due_time ?? null, delivered_on: duty.delivered_on ?? null,
  };
}

function standShare(share, facts, moment) {
  const own = standingOf(share, moment);
  if (!share.recurrence) return { ...own, periods: [] };
  const { begun, next } = periodsOf(share, facts, moment);
  const status = own.status;
  const touched = share.periods ?? {};
  const periods = begun.filter((duty) => binds(status) || Object.hasOwn(touched, duty.period));
  const open = begun.filter((duty) => isOpen(duty.status));
  const speaking = open.length ? open : next;
  if (!binds(status) || !speaking.length) {
    return { ...own, timeliness: isOpen(status) ? "no-deadline" : own.timeliness, periods };
  }
  const earliest = least(speaking, (duty) => duty.due_on ?? "9999-12-31");
  const shown = { due_on: earliest.due_on, due_time: earliest.due_time, delivered_on: null, periods };
  if (status === "suspended") return { status, timeliness: own.timeliness, ...shown };
  return { status: leastAdvanced(speaking), timeliness: worst(speaking, WORST), ...shown };
}

/** The periods that have begun, touched by events or not, and the next one; their days come with the page. */
function periodsOf(share, facts, moment) {
  const { every, month, day } = share.recurrence;
  const untouched = ["assigned", "declined"].includes(statusOf(share)) ? statusOf(share) : "in-progress";
  const touched = share.periods ?? {};
  const begun = [], next = [];
  for (const [period, first, due_on] of MATTER.periods[`${every}/${month ?? ""}/${day}`]) {
    if (due_on < facts.assigned_on) continue;
    const fresh = { status: untouched, due_on, due_time: facts.deadline.due_time };
    if (first > moment.day) {
      next.push(standingOf(fresh, moment));
      break;
    }
    const duty = Object.hasOwn(touched, period) ? touched[period] : fresh;
    begun.push({ period, ...standingOf(duty, moment) });
  }
  return { begun, next };
}

/** The whole directive: `states` are its shares by number, as the rows have them. */
function stand(facts, states, moment) {
  const shares = states.map(([number, state]) => ({ share: number, state, ...standShare(state, facts, moment) }));
  const binding = shares.filter((share) => binds(share.status));
  if (!binding.length) return ended(shares);
  const open = binding.filter((share) => isOpen(share.status));
  const speaking = open.length ? open : binding;
  const dated = speaking.filter((share) => share.due_on);
  const first = dated.length ? least(dated, (share) => share.due_on + (share.due_time ?? "99")) : null;
  return {
    status: leastAdvanced(binding), timeliness: worst(speaking, WORST), due_on: first && first.due_on,
    due_time: first && first.due_time, completed_on: null, shares,
  };
}

function ended(shares) {
  const none = { due_on: null, due_time: null, completed_on: null, shares };
  const completed = shares.filter((share) => share.status === "completed");
  if (completed.length) {
    const last = completed.map((share) => share.delivered_on).filter(Boolean).sort().pop() ?? null;
    return { ...none, status: "completed", timeliness: worst(completed, WORST_COMPLETED), completed_on: last };
  }
  const key = (share) => (share.state.closed ? share.state.closed[0] + String(share.state.closed[1]).padStart(12, "0") : "");
  const last = shares.reduce((a, b) => (key(b) > key(a) ? b : a));
  return { ...none, status: last.status, timeliness: "closed" };
}
