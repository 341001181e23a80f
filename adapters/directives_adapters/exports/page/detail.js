// One directive in full: its fields, its shares, and its timeline on both times.

let opened = null;

function openDetail(number, from) {
  opened = { number, from };
  showDetail();
  $("detail").showModal();
}

function showDetail() {
  const directive = MATTER.directives.find((each) => each.number === opened.number);
  const view = directiveAt(directive, now.moment);
  $("detail").replaceChildren(
    el("div", { class: "detail-head" },
      el("h2", { id: "detail-head" }, `D-${opened.number}`),
      el("button", { type: "button", class: "close", onclick: () => $("detail").close() }, t("close"))),
    el("p", { class: "told" }, momentText(now.moment)),
    view ? detailOf(view) : el("p", null, t("not_there")),
    ...timelineOf(directive, view));
}

function detailOf(view) {
  const { facts, moment } = view;
  const report = lastReport(view.directive, view.shares.map((share) => share.state));
  const party = (one) => one && (one.unit ? unitName(one.unit, moment) : one.wording);
  const route = [party(facts.report_to), facts.via && t("via", { unit: harmless(party(facts.via)) })].filter(Boolean).join(" ");
  const pairs = [
    [t("status"), [sentence(word("status", view.status)), ", ", mark(view.timeliness)]],
    [t("due_on"), dueCell(view)],
    [t("wording"), facts.deadline.wording && said(facts.deadline.wording)],
    [t("assigned_on"), dayText(facts.assigned_on)],
    [t("kind"), sentence(word("kind", facts.kind))],
    [t("notice"), facts.notice && said([facts.notice, facts.path].filter(Boolean).join(" · "))],
    [t("report_to"), route && said(route)],
    [t("cooperating"), facts.cooperating.length > 0 && said(facts.cooperating.map((one) => party(one)).join("; "))],
    [t("last_report"), report && [dayText(report.effective_on), ": ", said(report.told.text), report.told.percent != null && ` (${numeral(report.told.percent)} %)`]],
    [t("labels"), Object.keys(facts.labels ?? {}).length > 0 && said(Object.entries(facts.labels).map((pair) => pair.join("=")).join(", "))],
    [t("notes"), facts.notes?.length > 0 && facts.notes.map((note) => el("div", null, `${dayText(note.on)}, `, said(actorName(note.actor)), ": ", said(note.text)))],
    [t("links"), facts.links?.length > 0 && facts.links.map((link) => el("div", null, word("relation", link.relation), " ", said(typeof link.target === "number" ? `D-${link.target}` : link.target)))],
  ];
  return el("div", null,
    el("p", { class: "order" }, said(facts.text)),
    el("dl", { class: "facts" }, pairs.filter(([, value]) => value).map(([name, value]) => [el("dt", null, name), el("dd", null, value)])),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("shares") }, shareTable(view)));
}

function shareTable(view) {
  const heads = [t("share"), t("unit"), t("status"), t("timeliness"), t("due_on"), t("delivered_on")];
  const row = (name, unit, one, data) => el("tr", { ...data, "data-status": one.status, "data-timeliness": one.timeliness, "data-due": one.due_on },
    el("th", { scope: "row" }, name), el("td", null, said(unit)), el("td", null, sentence(word("status", one.status))),
    el("td", null, mark(one.timeliness)), el("td", null, dayText(one.due_on)), el("td", null, dayText(one.delivered_on)));
  return el("table", null,
    el("caption", null, t("shares")),
    el("thead", null, el("tr", null, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", null, view.shares.flatMap((share) => [
      row(`D-${view.number}/${share.share}`, holder(share, view.moment), share, { "data-share": share.share }),
      ...share.periods.map((duty) => row(`@${duty.period}`, "", duty, { "data-period": duty.period })),
    ])));
}

/** The events by the day they happened; what the moment does not know, or has not seen yet, stands apart. */
function timelineOf(directive, view) {
  const { moment } = now;
  const seen = inOrder(directive).filter((event) => event.effective_on <= moment.day && event.position <= moment.position);
  const rest = inOrder(directive).filter((event) => !seen.includes(event));
  const void_ = voidAt(eventsOf(directive), moment.position);
  const list = (events) => el("ol", { class: "timeline" }, events.map((event) => eventItem(event, moment, void_, directive)));
  return [
    el("h3", null, t("timeline")),
    view && drawLine(view, seen.filter((event) => actsAt(event.turns, moment.position)), Math.min(820, innerWidth - 70)),
    list(seen),
    rest.length > 0 && el("details", { class: "later" }, el("summary", null, counted("later_entries", rest.length)), list(rest)),
  ].filter(Boolean);
}

/** Which events of a directive are void at a position: version to the version of what voids it. */
function voidAt(events, position) {
  const found = new Map();
  for (const event of [...events].reverse()) {
    if (event.position <= position && event.type === "retracted" && !found.has(event.version)) {
      if (!found.has(event.told.version)) found.set(event.told.version, event.version);
    }
  }
  return found;
}

const actorName = (actor) => MATTER.actors[actor]?.[0] ?? actor;

function eventItem(event, moment, void_, directive) {
  const known = event.position <= moment.position;
  const acts = event.type === "retracted" ? !void_.has(event.version) : actsAt(event.turns, moment.position);
  const state = !known ? t("not_known") : event.effective_on > moment.day ? t("not_happened") : void_.has(event.version) ? t("void", { n: void_.get(event.version) }) : acts ? null : t("without_effect");
  const lag = event.type === "retracted" ? 0 : MATTER.log.lags[event.position - 1];
  return el("li", { class: acts && known ? "" : "dim", "data-version": event.version },
    el("div", null, el("b", null, dayText(event.effective_on)), " ", el("span", { class: "type" }, sentence(word("event", event.type === "retracted" ? event.type : `directive.${event.type}`))), state && el("span", { class: "flag" }, state)),
    toldOf(event, moment, directive),
    el("div", { class: "small" }, `${event.version}. `, said(actorName(event.actor)), ` (${word("role", event.role)})`, ", ",
      t("recorded", { at: instantText(MATTER.log.minutes[event.position]), position: numeral(event.position) }), lag > 0 && el("b", null, ` ${counted("late", lag)}`)));
}

const DAYS_TOLD = new Set(["due_on", "wished_on", "delivered_on"]);

/** What an event says, field by field. */
function toldOf(event, moment, directive) {
  const { text = event.type === "assigned" ? directive.facts[0][2].text : null, result, version, ...rest } = event.told;
  const source = event.source && [event.source.number, event.source.date && dayText(event.source.date), event.source.issuer].filter(Boolean).join(", ");
  const pairs = [
    ...Object.entries(rest).map(([name, value]) => [word("field", name), toldValue(name, value)]),
    ...(result ? [[word("field", "result"), t("yes")]] : []),
    ...(event.type === "retracted" ? [[word("field", "event_version"), `${version}`]] : []),
    ...(event.heirs ? [[word("field", "units"), event.heirs.map((unit) => unitName(unit, moment)).join("; ")]] : []),
    ...(event.reason ? [[word("field", "reason"), event.reason]] : []),
    ...(source ? [[word("field", "source"), source]] : []),
    ...(event.entered_by ? [[word("field", "entered_by"), actorName(event.entered_by)]] : []),
  ];
  return [
    text && el("div", { class: "say" }, said(text)),
    pairs.length > 0 && el("div", { class: "small" }, pairs.map(([name, value], i) => [i ? "; " : "", `${name}: `, said(value)])),
  ];
}

function toldValue(name, value) {
  if (DAYS_TOLD.has(name)) return dayText(value);
  if (name === "relation") return word("relation", value);
  if (Array.isArray(value)) return value.join(", ");
  if (value === true) return t("yes");
  if (typeof value === "object") return Object.entries(value).map(([key, inner]) => (inner === null ? key : `${key}=${inner}`)).join(", ");
  return String(value);
}
