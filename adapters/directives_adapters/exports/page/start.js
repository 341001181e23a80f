// Where the page begins: the matter is unpacked, the controls are set, and what is chosen is shown.

const now = { moment: null, views: [], fitting: [], changes: null, known: "then", stop: 0, compare: "", change: "" };
let stops = [];

/** What is packed into an element of the page: JSON, deflated, in base64. */
async function unpacked(id) {
  const letters = atob($(id).textContent);
  const packed = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) packed[i] = letters.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  $(id).remove();
  return JSON.parse(await new Response(stream).text());
}

async function unpack() {
  MATTER = await unpacked("matter");
  WORDING = MATTER.wording;
  unpackLog(MATTER.log);
  for (const directive of MATTER.directives) {
    directive.byShare = Object.entries(directive.shares).map(([number, rows]) => [Number(number), rows]);
  }
}

const firstDay = () => [MATTER.first_day, ...MATTER.meetings.map((meeting) => meeting.on)].sort()[0];

// ------------------------------------------------------------------------------------------------------ what is shown

function momentText(moment) {
  const then = now.known === "then" ? (moment.meeting?.position ? "known_at_closing" : "known_by_then") : "known_now";
  const at = moment.meeting?.position ? MATTER.log.minutes[moment.meeting.position] : 0;
  const parts = [
    moment.meeting ? t("as_of_meeting", { meeting: harmless(moment.meeting.name), day: dayText(moment.day) }) : t("as_of", { day: dayText(moment.day) }),
    t(then, { position: numeral(moment.position), at: at ? instantText(at) : "", day: dayText(moment.day) }),
  ];
  if (moment.meeting?.closed_on > moment.meeting?.on) parts.push(t("closed_late", { day: dayText(moment.meeting.closed_on) }));
  if (MATTER.moment.provisional && moment.day === MATTER.moment.effective_on) parts.push(t("provisional"));
  const later = laterEvents(moment);
  if (later) parts.push(counted("later_events", later));
  return parts.join(" ");
}

/** The moment of a meeting or a day that what is shown is compared with; none where it is later on either time. */
function baseMoment() {
  const { compare, moment } = now;
  if (!compare) return null;
  if (compare === "then") return momentOf({ day: moment.day, position: moment.meeting?.position }, "then");
  const meeting = compare.startsWith("m") ? MATTER.meetings[Number(compare.slice(1))] : null;
  const stop = meeting ? { day: meeting.on, position: meeting.position, meeting } : { day: $("since").value };
  if (!stop.day) return null;
  return momentOf(stop, "then");
}

function refresh() {
  now.moment = momentOf(stops[now.stop], now.known);
  now.views = viewAt(now.moment);
  const base = baseMoment();
  const comparable_ = base && base.day <= now.moment.day && base.position <= now.moment.position;
  now.changes = comparable_ ? changesBetween(base, now.moment, viewAt(base), now.views) : null;
  const told = [momentText(now.moment)];
  if (MATTER.filtered) told.push(`${counted("only", MATTER.directives.length)} (${harmless(t("chosen"))})`);
  if (base && !comparable_) told.push(t("not_earlier"));
  $("told").textContent = told.join(" ");
  fill($("slider"), { "aria-valuetext": stopText(stops[now.stop]) }, []).value = now.stop;
  $("day").value = now.moment.day;
  $("meeting").value = now.moment.meeting ? String(MATTER.meetings.indexOf(now.moment.meeting)) : "";
  $("before").disabled = meetingStop(-1) < 0;
  $("after").disabled = meetingStop(1) < 0;
  showTiles(tallyOf(now.views));
  refreshUnits();
  showChips(base);
  choices();
  refreshList();
  refreshBurn();
  if ($("detail").open) showDetail();
}

const refreshSoon = once(() => refresh());
const refreshUnits = () => showUnits(tallyByUnit(now.views, now.moment));
const stopText = (stop) => (stop.meeting ? t("stop_meeting", { day: dayText(stop.day), meeting: harmless(stop.meeting.name) }) : dayText(stop.day));

function meetingStop(direction) {
  for (let i = now.stop + direction; i >= 0 && i < stops.length; i += direction) if (stops[i].meeting) return i;
  return -1;
}

/** How many directives each kind of change met; pressed, the list shows them. */
function showChips(base) {
  $("changed").hidden = !now.changes;
  if (!now.changes) return;
  const counts = new Map();
  for (const { kinds } of now.changes.values()) for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  $("changed-head").textContent = t("changed_since", { n: numeral(now.changes.size), since: base.meeting ? harmless(base.meeting.name) : dayText(base.day) });
  $("chips").replaceChildren(...[...counts].sort((a, b) => b[1] - a[1]).map(([kind, n]) => el("li", null,
    el("button", { type: "button", "data-kind": kind, onclick: () => ask({ change: kind }) }, `${sentence(changeWord(kind))}: ${numeral(n)}`))));
}

// ----------------------------------------------------------------------------------------------------- the burn-down

const burnt = {};

async function refreshBurn() {
  const known = now.known;
  burnt[known] ??= burnDown(sampleDays(stops[0].day, stops[stops.length - 1].day), known);
  const shown = await burnt[known];
  if (known !== now.known) return; // another choice was made meanwhile, and draws its own
  const width = Math.max(280, Math.min(900, $("burn").clientWidth));
  const key = `${spoken} ${width}`;
  if (shown.key !== key) {
    shown.key = key;
    shown.picture = drawBurn(shown.rows, width);
    shown.table = burnTable(shown.rows);
  }
  if (shown.picture.parentNode !== $("burn")) {
    $("burn").replaceChildren(shown.picture, el("p", { id: "burn-told", class: "hidden" }, burnText(shown.rows)));
    $("burn-table").replaceChildren(shown.table);
    $("burn-table").dataset.known = known;
    $("legend").replaceChildren(...BURN.map((column) => el("li", null, el("span", { class: `key ${column}`, "aria-hidden": "true" }), word("figure", column))));
  }
  shown.picture.place(now.moment.day);
}

function burnText(rows) {
  const last = rows[rows.length - 1];
  return t("burn_told", { day: dayText(last.day), overdue: numeral(last.tally.open_overdue), open: numeral(BURN.reduce((sum, column) => sum + last.tally[column], 0)) });
}

// ---------------------------------------------------------------------------------------------------------- controls

function speak(language) {
  spoken = language;
  document.documentElement.lang = language;
  document.querySelectorAll("[data-t]").forEach((each) => (each.textContent = t(each.dataset.t)));
  document.querySelectorAll("[data-label]").forEach((each) => {
    if (Object.hasOwn(WORDING[spoken].texts, each.dataset.label)) each.setAttribute("aria-label", t(each.dataset.label));
  });
  document.querySelectorAll("#languages button").forEach((each) => each.setAttribute("aria-pressed", String(each.lang === language)));
  $("reach").replaceChildren(...["reach", "seal"].filter((key) => t(key)).map((key) => el("div", null, said(t(key)))));
  const meetings = MATTER.meetings.map((meeting, i) => [String(i), `${meeting.name} (${dayText(meeting.on)})`]).reverse();
  options($("meeting"), [["", t("no_meeting")], ...meetings], $("meeting").value);
  const bases = MATTER.meetings.map((meeting, i) => [`m${i}`, `${meeting.name} (${dayText(meeting.on)})`]).reverse();
  options($("compare"), [["", t("nothing")], ["then", t("what_was_known")], ["day", t("a_day")], ...bases], now.compare);
  options($("size"), [["50", "50"], ["200", "200"], ["0", t("all_rows")]], String(pageSize));
  showProof();
  refresh();
}

const showTicks = () => $("ticks").replaceChildren(drawTicks(stops, $("ticks").clientWidth));

function goTo(stop) {
  now.stop = Math.max(0, Math.min(stops.length - 1, stop));
  refreshSoon();
}

function listen() {
  const on = (id, event, act) => $(id).addEventListener(event, act);
  on("slider", "input", () => goTo(Number($("slider").value)));
  on("before", "click", () => goTo(meetingStop(-1)));
  on("after", "click", () => goTo(meetingStop(1)));
  on("day", "change", () => $("day").value && goTo(stops.findLastIndex((stop) => !stop.meeting && stop.day <= $("day").value)));
  on("meeting", "change", () => $("meeting").value && goTo(stops.findIndex((stop) => stop.meeting === MATTER.meetings[Number($("meeting").value)])));
  on("compare", "change", () => {
    now.compare = $("compare").value;
    $("since-label").hidden = now.compare !== "day";
    refreshSoon();
  });
  on("since", "change", refreshSoon);
  document.querySelectorAll("[name=known]").forEach((each) => each.addEventListener("change", () => {
    now.known = each.value;
    refreshSoon();
  }));
  const refilter = () => {
    pageAt = 0;
    refreshList();
  };
  on("filters", "input", once(refilter));
  on("filters", "submit", (event) => event.preventDefault());
  on("filters", "reset", () => setTimeout(refilter));
  on("previous", "click", () => turn(-1));
  on("next", "click", () => turn(1));
  on("size", "change", () => {
    pageSize = Number($("size").value);
    refilter();
  });
  on("all-units", "click", () => {
    allUnits = !allUnits;
    refreshUnits();
  });
  on("print", "click", () => print());
  on("detail", "close", () => opened?.from.isConnected ? opened.from.focus() : document.querySelector(`[data-number="${opened?.number}"] button`)?.focus());
  addEventListener("beforeprint", () => {
    showUnits(tallyByUnit(now.views, now.moment), { whole: true });
    showList(now.fitting, now.changes, { whole: true });
  });
  addEventListener("afterprint", () => {
    refreshUnits();
    showList(now.fitting, now.changes);
  });
  addEventListener("resize", once(() => {
    showTicks();
    refreshBurn();
  }));
}

function turn(by) {
  pageAt += by;
  showList(now.fitting, now.changes);
  $("rows").scrollIntoView();
}

/** What scripts and the console may read: the register at a day (and position), in the keys of `list --json`. */
function readAt(day, position = positionAt(day)) {
  const moment = { day, position, days: Date.parse(day) / 864e5 };
  moment.horizon = horizonOf(moment);
  const views = viewAt(moment);
  return {
    moment: { effective_on: day, position, later_events: laterEvents(moment) },
    directives: views.map(asJson), figures: tallyOf(views),
    units: tallyByUnit(views, moment).map(({ unit, name, tally }) => ({ unit: { id: unit, name }, ...tally })),
  };
}

async function start() {
  await unpack();
  stops = stopsOf(firstDay(), MATTER.moment.effective_on);
  const own = stops.findLastIndex((stop) => stop.position === MATTER.moment.position);
  now.stop = own >= 0 && stops[own].day === MATTER.moment.effective_on ? own : stops.length - 1;
  const past = momentOf(stops[now.stop], "then").position;
  if (past !== MATTER.moment.position) {
    now.known = "now";
    document.querySelector("[name=known][value=now]").checked = true;
  }
  $("slider").max = String(stops.length - 1);
  fill($("day"), { min: stops[0].day, max: MATTER.moment.effective_on }, []);
  fill($("since"), { min: stops[0].day, max: MATTER.moment.effective_on }, []);
  $("languages").replaceChildren(...[["vi", "Tiếng Việt"], ["en", "English"]].map(([language, name]) =>
    el("button", { type: "button", lang: language, onclick: () => speak(language) }, name)));
  listen();
  $("failed").remove();
  $("main").hidden = false;
  showTicks();
  speak(MATTER.language);
  document.documentElement.dataset.shown = String(Math.round(performance.now()));
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  const events = await unpacked("events");
  MATTER.directives.forEach((directive, i) => (directive.events = events[i]));
  if (now.compare || $("find").value || $("detail").open) refresh();
  window.register = Object.freeze({ at: readAt });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start().catch((error) => {
  $("failed")?.classList.add("at-once");
  throw error;
});
