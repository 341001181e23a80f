// The register at a moment: every directive that is assigned then, with how it stands.

/** The directives at a moment, by number. */
function viewAt(moment) {
  const found = [];
  for (const directive of MATTER.directives) {
    const view = directiveAt(directive, moment);
    if (view) found.push(view);
  }
  return found;
}

function directiveAt(directive, moment) {
  const facts = rowAt(directive.facts, moment.day, moment.position);
  if (!facts) return null;
  const states = [];
  for (const [number, rows] of directive.byShare) {
    const state = rowAt(rows, moment.day, moment.position);
    if (state) states.push([number, state]);
  }
  return { number: directive.number, directive, facts, moment, ...stand(facts, states, moment) };
}

/** How a share's holder is called at the moment: a unit, or a class in its wording. */
function holder(share, moment) {
  return share.state.unit ? unitName(share.state.unit, moment) : share.state.wording ?? "";
}

const extensionsOf = (state) =>
  Math.max(0, state.extensions ?? 0, ...Object.values(state.periods ?? {}).map((duty) => duty.extensions ?? 0));

/** The report that came last, of shares and of their periods: its event, which the states name by its position. */
function lastReport(directive, states) {
  const named = states.flatMap((state) => [state, ...Object.values(state.periods ?? {})].map((duty) => duty.last_report));
  const reports = named.some(Boolean) ? inOrder(directive).filter((event) => named.includes(event.position)) : [];
  return reports.at(-1) ?? null;
}

/** The directive in the keys of `list --json`: what scripts on this page read, and tests compare. */
function asJson(view) {
  const { facts, moment, shares } = view;
  const report = lastReport(view.directive, shares.map((share) => share.state));
  return {
    number: view.number, text: facts.text, kind: facts.kind, notice: facts.notice, path: facts.path,
    status: view.status, timeliness: view.timeliness, assigned_on: facts.assigned_on, due_on: view.due_on,
    due_time: view.due_time, completed_on: view.completed_on,
    original_due_on: facts.deadline.recurrence ? null : facts.deadline.due_on ?? null,
    extensions: Math.max(0, ...shares.map((share) => extensionsOf(share.state))),
    last_report: report && { on: report.effective_on, text: report.told.text, percent: report.told.percent ?? null, document: report.told.document ?? null },
    reminders: facts.reminders ?? 0, report_to: facts.report_to?.wording ?? null, via: facts.via?.wording ?? null,
    labels: { ...(facts.labels ?? {}) }, version: versionAt(view.directive, moment),
    cooperating: facts.cooperating.map((party) => ({ id: party.unit ?? null, name: party.unit ? unitName(party.unit, moment) : party.wording })),
    shares: shares.map((share) => ({
      share: share.share, unit: { id: share.state.unit ?? null, name: holder(share, moment) }, status: share.status,
      timeliness: share.timeliness, due_on: share.due_on, due_time: share.due_time, delivered_on: share.delivered_on,
      original_due_on: share.state.original_due_on ?? null, extensions: extensionsOf(share.state),
      parents: share.state.parents ?? [], periods: share.periods.map((duty) => ({ ...duty })),
    })),
  };
}

function versionAt(directive, moment) {
  return eventsOf(directive).filter((event) => event.position <= moment.position).length;
}
