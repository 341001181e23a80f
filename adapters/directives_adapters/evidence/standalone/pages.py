"""The answer as people read it, made of answer.json alone, so that whoever has that can make the pages anew."""

from typing import Any

__all__ = ["csv_of", "html_of"]

COLUMNS = (
    "directive", "text", "status", "timeliness", "due on", "completed on", "share", "unit", "share status",
    "share timeliness", "share due on", "share delivered on",
)  # fmt: skip
STYLE = "body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #999;vertical-align:top}"


def _rows(answer: "dict[str, Any]") -> "list[list[str]]":
    rows = []
    for each in answer["directives"]:
        own = [f"D-{each['number']}", each["text"], each["status"], each["timeliness"], each["due_on"]]
        for share in each["shares"]:
            its = [share["share"], share["unit"]["name"], share["status"], share["timeliness"], share["due_on"]]
            row = [*own, each["completed_on"], *its, share["delivered_on"]]
            rows.append(["" if value is None else str(value) for value in row])
    return rows


def csv_of(answer: "dict[str, Any]") -> str:
    """RFC 4180, one line per share; a cell that a spreadsheet would calculate begins with an apostrophe."""

    def cell(text: str) -> str:
        text = "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
        return '"' + text.replace('"', '""') + '"'

    return "\ufeff" + "".join(",".join(map(cell, row)) + "\r\n" for row in [list(COLUMNS), *_rows(answer)])


def _html(text: str) -> str:
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(mark, entity)
    return text


def html_of(answer: "dict[str, Any]") -> str:
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
