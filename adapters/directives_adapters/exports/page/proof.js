// What shows that the register was not changed since: size and root of its last checkpoint, and how to hold them to it.

function showProof() {
  const { checkpoint, origin, moment, rules } = MATTER;
  const code = (text) => el("pre", null, text);
  const about = el("dl", { class: "facts" },
    [[t("moment"), t("reach")], [t("origin"), origin], [t("rules"), String(rules)]].map(([name, value]) => [el("dt", null, name), el("dd", null, said(value))]));
  if (!checkpoint) {
    $("evidence").replaceChildren(about, el("p", null, t("no_checkpoint")), code("directives checkpoint"));
    return;
  }
  const pairs = [
    [t("size"), numeral(checkpoint.size)], [t("root"), checkpoint.root], [t("taken_at"), checkpoint.taken_at.slice(0, 16).replace("T", " ")],
    [t("signed"), checkpoint.note ? t("yes") : t("no")],
  ];
  $("evidence").replaceChildren(about,
    el("dl", { class: "facts" }, pairs.map(([name, value]) => [el("dt", null, name), el("dd", { class: name === t("root") && "root" }, said(value))])),
    checkpoint.size < moment.position && el("p", { class: "warning" }, counted("beyond", moment.position - checkpoint.size)),
    el("p", null, t("how_to_check")),
    code(checkpoint.note ?? checkpoint.minutes),
    code(`directives verify --size ${checkpoint.size}\ndirectives verify --against checkpoint.txt`),
    el("p", { class: "small" }, t("what_it_shows")));
}
