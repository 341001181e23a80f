// What the list is asked for: the filters, what there is to choose from, and how many directives fit.

function asked() {
  const label = $("label").value ? JSON.parse($("label").value) : null;
  return { find: $("find").value, unit: $("unit").value, status: $("status").value, timeliness: $("timeliness").value, notice: $("notice").value, label };
}

function refreshList() {
  const wanted = fits(asked());
  const change = now.changes ? $("change").value : "";
  now.fitting = now.views.filter((view) => wanted(view) && (!change || now.changes.has(view.number)) && (change === "" || change === "*" || now.changes.get(view.number).kinds.includes(change)));
  showList(now.fitting, now.changes);
  $("shown").textContent = [momentText(now.moment), ...chosenTexts()].join(" ");
  tellCount();
}

/** The filters in words, for paper. */
function chosenTexts() {
  return [...document.querySelectorAll("#filters label")].map((label) => {
    const control = label.querySelector("input,select");
    const value = control.tagName === "SELECT" ? control.selectedOptions[0]?.textContent : control.value;
    return control.value && !label.hidden ? `${label.querySelector("span").textContent}: ${value}.` : "";
  }).filter(Boolean);
}

let counting = 0;
/** Said once the choice rests, so that a reader of screens is not spoken over. */
function tellCount() {
  clearTimeout(counting);
  const text = t("fitting", { n: numeral(now.fitting.length), all: numeral(now.views.length) });
  counting = setTimeout(() => ($("count").textContent = text), $("count").textContent ? 250 : 0);
}

/** What there is to choose from at the moment. */
function choices() {
  const units = new Map(), notices = new Set(), labels = new Map();
  for (const { shares, facts } of now.views) {
    for (const share of shares) units.set(share.state.unit ?? "-", true);
    if (facts.notice) notices.add(facts.notice);
    for (const [key, value] of Object.entries(facts.labels ?? {})) {
      labels.set(JSON.stringify([key]), key);
      labels.set(JSON.stringify([key, value]), `${key} = ${value}`);
    }
  }
  const all = ["", t("any")];
  const sorted = (pairs) => pairs.sort((a, b) => a[1].localeCompare(b[1], "vi"));
  const names = sorted([...units.keys()].filter((unit) => unit !== "-").map((unit) => [unit, unitName(unit, now.moment)]));
  options($("unit"), [all, ...names, ...(units.has("-") ? [["-", t("not_allocated")]] : [])], $("unit").value);
  options($("status"), [all, ...ADVANCING.map((status) => [status, sentence(word("status", status))])], $("status").value);
  const timely = SEVERITY.map((one) => [one, `${SIGNS[one]} ${word("timeliness", one)}`]);
  options($("timeliness"), [all, ...timely, ["in-time+due-soon", t("in_time_or_soon")]], $("timeliness").value);
  options($("notice"), [all, ...sorted([...notices].map((one) => [one, one]))], $("notice").value);
  options($("label"), [all, ...sorted([...labels])], $("label").value);
  const kinds = new Set([...(now.changes?.values() ?? [])].flatMap((change) => change.kinds));
  options($("change"), [all, ["*", t("any_change")], ...[...kinds].map((kind) => [kind, sentence(changeWord(kind))])], $("change").value);
  $("change").closest("label").hidden = !now.changes;
  for (const id of ["notice", "label"]) $(id).closest("label").hidden = $(id).options.length < 2;
}

function ask(wanted) {
  for (const id of ["find", "unit", "status", "timeliness", "notice", "label", "change"]) $(id).value = wanted[id] ?? "";
  pageAt = 0;
  refreshList();
  $("list").focus();
  $("list").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function askBehind(unit, column) {
  ask({ unit, timeliness: BEHIND[column] });
}
