// The filters of the list, as directives_core.views.filters has them, and text in the form in which spellings are equal.

const SAME = new Map([..."‐‑‒–—―−﹣"].map((c) => [c, "-"]));
[..."“”„‟«»＂"].forEach((c) => SAME.set(c, '"'));
[..."‘’‚‛′"].forEach((c) => SAME.set(c, "'"));
[["／", "/"], ["：", ":"], ["；", ";"], ["，", ","], ["（", "("], ["）", ")"], ["＆", "&"]].forEach((pair) => SAME.set(...pair));
const SAME_LETTERS = new RegExp(`[${[...SAME.keys()].join("")}]`, "g");
const TONES = [["oa", "òóỏõọ", "àáảãạ"], ["oe", "òóỏõọ", "èéẻẽẹ"], ["uy", "ùúủũụ", "ỳýỷỹỵ"]];
const PLACES = new Map();
for (const [pair, first, second] of TONES) {
  [...second].forEach((marked, i) => PLACES.set(pair[0] + marked, [...first][i] + pair[1]));
}
const TONED = new RegExp(`(?<!q)(?:${[...PLACES.keys()].join("|")})(?![\\p{L}\\p{N}_])`, "gu");
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Text in the form in which its spellings are equal: case, blanks, places of tone marks, common shortenings. */
function comparable(text) {
  return text.normalize("NFC").replace(SAME_LETTERS, (c) => SAME.get(c)).replace(/(?<=\S)-[\r\n]\s*/g, "-")
    .replace(BLANKS, " ").replace(/[\p{Cf}\p{Cc}]/gu, "").trim().toLowerCase()
    .replace(TONED, (found) => PLACES.get(found))
    .replace(/(?<![\p{L}\p{N}_])ủy ban nhân dân(?![\p{L}\p{N}_])/gu, "ubnd").replace(/\s*&\s*/g, " và ")
    .replace(/[\s,;.]+/g, " ").trim();
}

function bare(text) {
  return comparable(text).replace(/đ/g, "d").normalize("NFD").replace(/\p{Mn}/gu, "");
}

/** Whether a directive of a moment fits everything that is asked for; `unit` "-" stands for shares without a unit. */
function fits(asked) {
  const words = comparable(asked.find ?? "").split(" ").filter(Boolean);
  const plain = words.filter((one) => bare(one) === one);
  const accented = words.filter((one) => bare(one) !== one);
  const timely = asked.timeliness ? asked.timeliness.split("+") : null;
  const [key, value] = asked.label ? [asked.label[0], asked.label[1]] : [];
  const stands = (one) => (!asked.status || one.status === asked.status) && (!timely || timely.includes(one.timeliness));
  const held = (share) =>
    (share.state.unit ?? "-") === asked.unit && (share.status !== "handed-over" || asked.status === "handed-over") && stands(share);
  return (view) =>
    (asked.unit ? view.shares.some(held) : stands(view)) &&
    (!asked.notice || view.facts.notice === asked.notice) &&
    (!key || (Object.hasOwn(view.facts.labels ?? {}, key) && (value === undefined || view.facts.labels[key] === value))) &&
    (!words.length || says(view, plain, accented));
}

function says(view, plain, accented) {
  const folded = foldedTexts(view);
  return plain.every((one) => folded.bare.includes(one)) && accented.every((one) => folded.comparable.includes(one));
}

/** All that a directive says, folded once for as long as it says the same. */
function foldedTexts(view) {
  const { facts, directive } = view;
  const reports = view.shares.map((share) => lastReport(directive, [share.state])).filter(Boolean);
  const labels = Object.entries(facts.labels ?? {}).map((pair) => pair.join(" "));
  const text = [facts.text, ...(facts.notes ?? []).map((note) => note.text), ...labels, ...reports.map((one) => one.told.text)].join("\n");
  if (directive.folded?.text !== text) directive.folded = { text, comparable: comparable(text), bare: bare(text) };
  return directive.folded;
}
