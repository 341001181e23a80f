"""The answer as people read it, made of answer.json alone, so that whoever has that can make the pages anew."""

from typing import Any

__all__ = ["PARTIAL", "asked_of", "csv_of", "html_of"]

PARTIAL = "PARTIAL PACK: it holds some records only; nobody can tell from it whether others were left out"

COLUMNS = (
    "directive", "notice", "item", "text", "assigned on", "status", "timeliness", "due on", "first due on",
    "extensions", "completed on", "reports to", "with", "labels", "notes", "share", "unit", "period", "share status",
    "share timeliness", "share due on", "share delivered on", "last report",
)  # fmt: skip
STYLE = "body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;vertical-align:top}"
Json = dict[str, Any]


def asked_of(numbers: "list[int] | None", filters: Json, unit: "str | None") -> str:
    """What was asked for, in words; `unit` is the name of the unit that the filters name by its id."""
    named = "every directive" if numbers is None else "directives " + ", ".join(f"D-{number}" for number in numbers)
    chosen = {name: value for name, value in (filters | {"unit": unit}).items() if value is not None}
    return "; ".join([named, *(f"{name} {value}" for name, value in chosen.items())])


def _rows(answer: Json) -> "list[list[str]]":
    """One row for each share, and one for each of its periods."""
    rows = []
    for each in answer["directives"]:
        own = _own(each)
        for share in each["shares"]:
            names = ("status", "timeliness", "due_on", "delivered_on")
            for standing in (share, *share["periods"]):
                report = _last(share["last_report"]) if standing is share else None
                row = [*own, share["share"], share["unit"]["name"], standing.get("period")]
                row += [*(standing[name] for name in names), report]
                rows.append(["" if value is None else str(value) for value in row])
    return rows


def _own(each: Json) -> "list[Any]":
    """What a directive says of itself, in the order of the columns."""
    labels = "; ".join(f"{key}={value}" for key, value in each["labels"].items())
    notes = "; ".join(f"{note['on']} {note['by']}: {note['text']}" for note in each["notes"])
    route = " \u2192 ".join(filter(None, (each["via"], each["report_to"])))
    return [
        f"D-{each['number']}", each["notice"], each["path"], each["text"], each["assigned_on"], each["status"],
        each["timeliness"], each["due_on"], each["original_due_on"], each["extensions"], each["completed_on"], route,
        "; ".join(each["cooperating"]), labels, notes,
    ]  # fmt: skip


def _last(report: "Json | None") -> "str | None":
    if report is None:
        return None
    percent = "" if report["percent"] is None else f" ({report['percent']:g} %)"
    return f"{report['on']}: {report['text']}{percent}" + (f", {report['document']}" if report["document"] else "")


def csv_of(answer: Json) -> str:
    """RFC 4180, one line per share or period; a cell that a spreadsheet would calculate begins with an apostrophe.

    The first line of a partial pack says that it is one.
    """

    def cell(text: str) -> str:
        risky = text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n")
        return '"' + ("'" if risky else "") + text.replace('"', '""') + '"'

    head = [[answer["partial"]]] if answer["partial"] else []
    return "\ufeff" + "".join(",".join(map(cell, row)) + "\r\n" for row in [*head, list(COLUMNS), *_rows(answer)])


def _html(text: str) -> str:
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(mark, entity)
    return text


def html_of(answer: Json) -> str:
    """One page without scripts and links."""
    cells = ["".join(f"<td>{_html(cell)}</td>" for cell in row) for row in _rows(answer)]
    moment = answer["moment"]
    when = f"as of {moment['effective_on']}, known at position {moment['position']}, zone {moment['zone']}"
    return "\n".join([
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>' + _html(answer["title"]) + "</title>",
        f"<style>{STYLE}</style>",
        *([f"<p><strong>{_html(answer['partial'])}</strong></p>"] if answer["partial"] else []),
        f"<h1>{_html(answer['title'])}</h1>", f"<p>{_html(answer['origin'])}</p>", f"<p>{_html(when)}</p>",
        f"<p>{_html(answer['asked'])}</p>",
        "<table><tr>" + "".join(f"<th>{_html(name)}</th>" for name in COLUMNS) + "</tr>",
        *(f"<tr>{row}</tr>" for row in cells), "</table></html>", "",
    ])  # fmt: skip
