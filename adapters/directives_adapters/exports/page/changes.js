// What became of each directive between two moments, as directives_core.views.changes tells it.

/** By number: the kinds of change, and how the directive stood before. Directives that are gone have no view after. */
function changesBetween(before, after, viewsBefore, viewsAfter) {
  const then = new Map(viewsBefore.map((view) => [view.number, view]));
  const now = new Map(viewsAfter.map((view) => [view.number, view]));
  const found = new Map();
  for (const directive of MATTER.directives) {
    const old = then.get(directive.number) ?? null, view = now.get(directive.number) ?? null;
    if (!old && !view) continue;
    const kinds = kindsOf(directive, before, after, old, view);
    if (kinds.length) found.set(directive.number, { kinds, before: old });
  }
  return found;
}

const countsAt = (event, moment) => event.effective_on <= moment.day && actsAt(event.turns, moment.position);

function kindsOf(directive, before, after, old, view) {
  const kinds = new Set();
  let late = false, gone = false;
  for (const event of inOrder(directive)) {
    const acted = countsAt(event, before), acts = countsAt(event, after);
    if (acts && !acted) {
      kinds.add(kindOf(event));
      late ||= MATTER.log.lags[event.position - 1] > 0 && event.effective_on <= before.day && event.position > before.position;
    }
    gone ||= acted && !acts;
  }
  if (late) kinds.add("entered-late");
  if (gone) kinds.add("retracted");
  if (view) passing(old, view).forEach((kind) => kinds.add(kind));
  return [...kinds];
}

function kindOf(event) {
  if (event.type === "assigned") return "new";
  return event.type === "reported" && event.told.result ? "result-reported" : event.type;
}

/** What days that passed did to any share; an heir is judged by those that it came from. */
function passing(old, view) {
  const then = new Map((old?.shares ?? []).map((share) => [share.share, share.timeliness]));
  const parents = new Map(view.shares.map((share) => [share.share, share.state.parents ?? []]));
  const before = (share) => (then.has(share) ? [then.get(share)] : (parents.get(share) ?? []).flatMap(before));
  const became = (timeliness) =>
    view.shares.some((share) => share.timeliness === timeliness && !before(share.share).includes(timeliness));
  return [...(became("overdue") ? ["fallen-overdue"] : []), ...(old && became("due-soon") ? ["due-soon"] : [])];
}
