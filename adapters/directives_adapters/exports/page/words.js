"use strict";
// What people read: texts and words of two languages, days, numbers, and text that can do no harm.

let WORDING = {};
let spoken = "en";

function t(key, fields = {}) {
  return WORDING[spoken].texts[key].replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(fields, name) ? fields[name] : whole));
}

function counted(key, n) {
  const [one, several] = WORDING[spoken].counts[key];
  return (n === 1 ? one : several).replace("{n}", numeral(n));
}

function word(about, code) {
  const words = WORDING[spoken].words[about] ?? {};
  return Object.hasOwn(words, code) ? words[code] : String(code).replace(/[-_]/g, " ");
}

/** What an event did, or what days that passed did. */
function changeWord(kind) {
  return Object.hasOwn(WORDING[spoken].words.change, kind) ? word("change", kind) : word("event", `directive.${kind}`);
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const PERCENT = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 };
const NUMERALS = { en: new Intl.NumberFormat("en-GB"), vi: new Intl.NumberFormat("vi-VN") };
const PERCENTS = { en: new Intl.NumberFormat("en-GB", PERCENT), vi: new Intl.NumberFormat("vi-VN", PERCENT) };

const numeral = (n) => NUMERALS[spoken].format(n);
const percent = (value) => PERCENTS[spoken].format(value);

/** A day as the language writes it: 09/10/2021 in Vietnamese, 2021-10-09 in English. */
function dayText(iso) {
  return iso && spoken === "vi" ? iso.split("-").reverse().join("/") : iso ?? "";
}

/** An instant, given as minutes of the register's own clock since 1970. */
function instantText(minutes) {
  const [day, clock] = new Date(minutes * 60000).toISOString().split("T");
  return spoken === "vi" ? `${clock.slice(0, 5)} ${dayText(day)}` : `${day} ${clock.slice(0, 5)}`;
}

// What could make text read otherwise than it is stored, as directives_core.harmless has it.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

function harmless(text) {
  return String(text).replace(CONTROLS, (c) => `<U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
}

// The sign tells what the colour repeats, for those who see no colours, and on paper.
const SIGNS = {
  "overdue": "✗", "due-soon": "!", "in-time": "·", "no-deadline": "○", "suspended": "=", "completed-on-time": "✓",
  "completed-late": "≈", "completed-no-deadline": "✓", "closed": "–",
};
