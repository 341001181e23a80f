// What shows that the register was not changed since: size and root of its last checkpoint, and how to hold it to them.

function showProof() {
  const { checkpoint, origin, moment, rules } = MATTER;
  const about = [[t("moment"), t("reach")], [t("origin"), origin], [t("rules"), String(rules)]];
  const taken = checkpoint && [
    [t("size"), numeral(checkpoint.size)],
    [t("root"), el("span", { class: "root" }, checkpoint.root)],
    [t("taken_at"), checkpoint.taken_at.slice(0, 16).replace("T", " ")],
    [t("signed"), checkpoint.note ? t("yes") : t("no")],
  ];
  const facts = [...about, ...(taken ?? [])].map(([name, value]) => [el("dt", null, name), el("dd", null, value)]);
  $("evidence").replaceChildren();
  fill($("evidence"), null, [el("dl", { class: "facts" }, facts), taken ? howToCheck(checkpoint, moment) : noCheckpoint()]);
}

function howToCheck(checkpoint, moment) {
  const beyond = moment.position - checkpoint.size;
  return [
    beyond > 0 && el("p", { class: "warning" }, counted("beyond", beyond)),
    el("p", null, t("how_to_check")),
    el("pre", null, checkpoint.note ?? checkpoint.minutes),
    el("pre", null, `directives verify --size ${checkpoint.size}\ndirectives verify --against checkpoint.txt`),
    el("p", { class: "small" }, t("what_it_shows")),
  ];
}

const noCheckpoint = () => [el("p", null, t("no_checkpoint")), el("pre", null, "directives checkpoint")];
