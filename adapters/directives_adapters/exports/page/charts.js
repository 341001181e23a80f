// The burn-down of the register over its days, and one directive's line of days; each drawn by hand, in SVG.

const SAMPLES = 60;
const BURN = ["open_overdue", "open_in_time", "open_no_deadline", "suspended"];

/** So many days, evenly spread, the first and the last among them. */
function sampleDays(first, last) {
  const span = daysBetween(first, last);
  const steps = Math.min(SAMPLES, span);
  return Array.from({ length: steps + 1 }, (_, i) => addDays(first, Math.round((span * i) / Math.max(steps, 1))));
}

/** What was open on each of the days; counted a little at a time, so that the page answers meanwhile. */
async function burnDown(days, known) {
  const rows = [];
  let rested = performance.now();
  for (const day of days) {
    const tally = tallyOf(viewAt(momentOf({ day }, known)));
    rows.push({ day, tally });
    if (performance.now() - rested > 12) {
      await new Promise((resume) => setTimeout(resume));
      rested = performance.now();
    }
  }
  return { rows };
}

function drawBurn(rows, width) {
  const height = width < 420 ? 230 : 310, left = 44, right = 14, top = 14, bottom = 26;
  const open = (tally) => BURN.reduce((sum, column) => sum + tally[column], 0);
  const most = niceTop(Math.max(1, ...rows.map((row) => open(row.tally))));
  const first = Date.parse(rows[0].day), last = Math.max(Date.parse(rows[rows.length - 1].day), first + 864e5);
  const x = (day) => left + ((Date.parse(day) - first) / (last - first)) * (width - left - right);
  const y = (n) => height - bottom - (n / most) * (height - top - bottom);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": "burn-head burn-told" });
  for (const n of [0, most / 2, most]) {
    picture.append(svg("line", { class: "rule", x1: left, x2: width - right, y1: y(n), y2: y(n) }));
    picture.append(svg("text", { x: left - 6, y: y(n) + 4, "text-anchor": "end" }, numeral(n)));
  }
  const below = rows.map(() => 0);
  for (const column of BURN) {
    const up = rows.map((row, i) => `${x(row.day).toFixed(1)},${y(below[i] + row.tally[column]).toFixed(1)}`);
    const down = rows.map((row, i) => `${x(row.day).toFixed(1)},${y(below[i]).toFixed(1)}`).reverse();
    picture.append(svg("polygon", { class: `area ${column}`, points: [...up, ...down].join(" ") }));
    rows.forEach((row, i) => (below[i] += row.tally[column]));
  }
  for (const [day, anchor] of [[rows[0].day, "start"], [rows[rows.length - 1].day, "end"]]) {
    picture.append(svg("text", { x: x(day), y: height - 8, "text-anchor": anchor }, dayText(day)));
  }
  picture.append(svg("line", { id: "burn-now", class: "now", y1: top, y2: height - bottom }));
  picture.place = (day) => {
    const at = x(day < rows[0].day ? rows[0].day : day);
    fill(picture.querySelector("#burn-now"), { x1: at, x2: at }, []);
  };
  return picture;
}

/** The least round number, even so that its half is whole, that is not below n. */
function niceTop(n) {
  const size = 10 ** Math.floor(Math.log10(n));
  const top = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((each) => each * size).find((each) => each >= n);
  return 2 * Math.ceil(top / 2);
}

function burnTable(rows) {
  const heads = [t("day"), ...BURN.map((column) => sentence(word("figure", column)))];
  return el("table", null,
    el("thead", null, el("tr", null, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", null, rows.map(({ day, tally }) => el("tr", { "data-day": day },
      el("th", { scope: "row" }, dayText(day)), BURN.map((column) => el("td", { "data-column": column }, numeral(tally[column])))))));
}

/** A directive's line of days: when it was given and due, what happened, and where the moment stands. */
function drawLine(view, events, width) {
  const { facts, moment } = view;
  const due = view.due_on ?? facts.deadline.due_on;
  const marks = [...events.map((event) => event.effective_on), facts.assigned_on, moment.day, due].filter(Boolean).sort();
  const first = Date.parse(marks[0]), last = Math.max(Date.parse(marks[marks.length - 1]), first + 864e5);
  const x = (day) => 8 + ((Date.parse(day) - first) / (last - first)) * (width - 16);
  const late = view.due_on && view.due_on < moment.day && view.timeliness === "overdue";
  const shown = svg("svg", { class: "line", viewBox: `0 0 ${width} 54`, width, height: 54, "aria-hidden": "true" },
    svg("line", { class: "rule", x1: 8, x2: width - 8, y1: 26, y2: 26 }),
    late && svg("line", { class: "late", x1: x(view.due_on), x2: x(moment.day), y1: 26, y2: 26 }),
    due && svg("path", { class: "due", d: `M${x(due)} 26v-18l9 5l-9 5` }),
    events.map((event) => svg("circle", { class: `dot ${event.type}`, cx: x(event.effective_on), cy: 26, r: 4 })),
    svg("line", { class: "now", x1: x(moment.day), x2: x(moment.day), y1: 6, y2: 40 }),
    svg("text", { x: 8, y: 51 }, dayText(marks[0])),
    svg("text", { x: width - 8, y: 51, "text-anchor": "end" }, dayText(marks[marks.length - 1])));
  return shown;
}

/** Where on the slider the meetings stand; its thumb leaves half its width free at both ends. */
function drawTicks(stops, width) {
  const thumb = 16, step = (width - thumb) / Math.max(1, stops.length - 1);
  const marks = stops.map((stop, i) => stop.meeting && svg("path", { d: `M${(thumb / 2 + i * step).toFixed(1)} 0l4 7h-8z` }));
  return svg("svg", { class: "ticks", viewBox: `0 0 ${width} 8`, width, height: 8 }, marks.filter(Boolean));
}
