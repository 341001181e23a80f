// The two times: what held on a day, as it was known at a position. Days are ISO text, which sorts as days do.

let MATTER = null;

/** The state by the row with the greatest (from, position) that has from <= day and position <= position. */
function rowAt(rows, day, position) {
  for (let i = rows.length - 1; i >= 0; i--) {
    if (rows[i][0] <= day && rows[i][1] <= position) return wholeState(rows, i);
  }
  return null;
}

/** A row tells what differs from the one before it; the whole is put together once, when it is first asked for. */
function wholeState(rows, i) {
  if (!rows[i][2]) return null;
  if (!rows[i][3]) {
    let first = i;
    while (!rows[first][3] && first > 0 && rows[first - 1][2]) first--;
    const state = {};
    for (; first <= i; first++) Object.assign(state, rows[first][3] ?? rows[first][2]);
    rows[i][3] = state;
  }
  return rows[i][3];
}

/** The events of a directive by version, made into objects when they are first asked for; none until they are read. */
function eventsOf(directive) {
  directive.read ??= directive.events?.map(([version, position, type, actor, role, told, beside, turns]) => ({
    version, position, type, actor, role, told, ...beside, effective_on: dayOf(MATTER.log.effective[position]),
    turns: turns ?? (type === "retracted" ? [] : [position]),
  }));
  return directive.read ?? [];
}

/** The same in the order of the fold: by the day they happened, then by position. */
function inOrder(directive) {
  if (directive.events) directive.ordered ??= [...eventsOf(directive)].sort((a, b) => (a.effective_on < b.effective_on ? -1 : a.effective_on > b.effective_on ? 1 : a.position - b.position));
  return directive.ordered ?? [];
}

const dayOf = (days) => new Date(days * 864e5).toISOString().slice(0, 10);

/** Whether an event acts at a position: whether it has turned an odd number of times by then. */
function actsAt(turns, position) {
  let n = 0;
  while (n < turns.length && turns[n] <= position) n++;
  return n % 2 === 1;
}

function unitName(unit, moment) {
  let name;
  for (const [from, turns, begins, called] of MATTER.units[unit] ?? []) {
    if (from <= moment.day && actsAt(turns, moment.position) && (begins || name !== undefined)) name = called;
  }
  return name ?? unit;
}

/** The last day that is called near: the moment's day and so many days as the office had chosen. */
function horizonOf(moment) {
  let days = 0;
  for (const [from, turns, chosen] of MATTER.due_soon_days) {
    if (from <= moment.day && actsAt(turns, moment.position)) days = chosen;
  }
  return addDays(moment.day, days);
}

function addDays(day, n) {
  const later = new Date(Date.parse(day) + n * 864e5).toISOString();
  return later.length === 24 ? later.slice(0, 10) : n > 0 ? "9999-12-31" : "0001-01-01";
}

function daysBetween(first, last) {
  return Math.round((Date.parse(last) - Date.parse(first)) / 864e5);
}

/** The last position that was recorded by the end of a day, and that the page knows of. */
function positionAt(day) {
  const days = MATTER.log.days;
  let low = 0, high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle][0] <= day) low = middle + 1;
    else high = middle;
  }
  return low ? days[low - 1][1] : 0;
}

/** How many events after the moment's position, not void, are effective by its day. */
function laterEvents(moment) {
  const { effective, dead } = MATTER.log;
  let n = 0;
  for (let position = moment.position + 1; position < effective.length; position++) {
    if (effective[position] <= moment.days && !dead.has(position)) n++;
  }
  return n;
}

/** Positions, from 1, with the minute each was recorded and the day it was effective, counted from 1970. */
function unpackLog(log) {
  log.minutes = [0];
  log.effective = [0];
  log.recorded.forEach((distance, i) => {
    log.minutes.push(log.minutes[i] + distance);
    log.effective.push(Math.floor(log.minutes[i + 1] / 1440) - log.lags[i]);
  });
  log.dead = new Set(log.void);
}

/** A moment: the day, what is known, and the meeting whose name it bears, if it does. */
function momentOf(stop, known) {
  const position = known === "now" ? MATTER.moment.position : stop.position ?? positionAt(stop.day);
  const moment = { day: stop.day, position, meeting: stop.meeting ?? null, known };
  moment.days = Date.parse(stop.day) / 864e5;
  moment.horizon = horizonOf(moment);
  return moment;
}

/** Where the slider can stand: the end of every day, and the closing of each meeting before the end of its day. */
function stopsOf(first, last) {
  const byDay = new Map();
  for (const meeting of MATTER.meetings) byDay.set(meeting.on, [...(byDay.get(meeting.on) ?? []), meeting]);
  const stops = [];
  for (let at = Date.parse(first), end = Date.parse(last); at <= end; at += 864e5) {
    const day = new Date(at).toISOString().slice(0, 10);
    for (const meeting of byDay.get(day) ?? []) stops.push({ day, position: meeting.position, meeting });
    stops.push({ day, position: null, meeting: null });
  }
  return stops;
}
