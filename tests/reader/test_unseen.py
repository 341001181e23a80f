"""Notices of invented offices, annotated before the reader was tried on them; what it learned since may not be lost."""

import json
import unicodedata
from pathlib import Path
from statistics import mean

import pytest

from directives_core.reader import read_notice

UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.txt"))
LEADS = {"lead", "addressed"}


def folded(text):
    text = unicodedata.normalize("NFC", text or "").casefold().replace("&", " và ").replace("–", "-")
    return " ".join(text.replace("ủy ban nhân dân", "ubnd").replace(".", " ").replace(",", " ").split())


def unit(name, aliases):
    for main, others in aliases.items():
        if folded(name) in map(folded, (main, *others)):
            name = main
    name = folded(name)
    for lead in ("ubnd ", "xã ", "phường ", "đặc khu "):
        name = name.removeprefix(lead)
    return name


def figures(path):
    """Return how much of a notice is read as its annotation, or another reading that it allows, says."""
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    aliases = gold["unit_aliases"]
    draft = read_notice(text)
    assert all(text[slice(*item.span)] == item.text for item in draft.items)
    found, due, leads, routes, cited = {}, [], [], [], []
    for item in gold["items"]:
        covering = [i for i in draft.items if i.span[0] <= item["char_start"] + 15 and i.span[1] > item["char_start"]]
        if not covering:
            due.append(not item["deadlines"])
            continue
        read = found[item["id"]] = max(covering, key=lambda i: i.span[0])
        have = [read.deadline.due.isoformat()] if read.deadline and read.deadline.due else []
        wanted = [d["due"] for d in item["deadlines"]]
        due.append(have == wanted or have in item.get("accept_due", []))
        units = {unit(a.unit, aliases) for a in read.assignees if a.role in LEADS}
        readings = [item["assignees"], *(other["assignees"] for other in item.get("accept", []))]
        leads.append(any(units == {unit(a["name"], aliases) for a in r if a["role"] in LEADS} for r in readings))
        ends = (unit(read.report_to, aliases), unit(read.via, aliases))
        routes.append(
            ends == (unit(item["report_to"], aliases), unit(item["report_via"], aliases))
            or (bool(item.get("route_optional")) and ends == ("", ""))
        )
        cited.append({c.number for c in read.citations} == {c["number"] for c in item["citations"]})
    split = {id(i) for i in draft.items} - {id(i) for i in found.values()}
    recall, precision = len(found) / len(gold["items"]), 1 - len(split) / len(draft.items)
    head = gold["header"]
    header = [
        draft.header.chair is not None and draft.header.chair.name == head["chair"]["name"],
        str(draft.header.meeting.date) == head["meeting"]["date"],
        head["issuer"] is None or folded(draft.header.issuer) == folded(head["issuer"]),
    ]
    return {
        "items": 2 * recall * precision / (recall + precision), "deadlines": mean(due), "leads": mean(leads),
        "routes": mean(routes), "citations": mean(cited), "header": mean(header),
    }  # fmt: skip


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_a_notice_that_nobody_tuned_the_reader_on_is_read_well(path):
    read = figures(path)

    for name, least in {
        "items": 0.9, "deadlines": 0.85, "leads": 0.85, "routes": 0.85, "citations": 1, "header": 1,
    }.items():  # fmt: skip
        assert read[name] >= least, (name, read)


def test_the_notices_are_read_well_on_average():
    all_figures = [figures(path) for path in UNSEEN]

    for name, least in {"items": 0.97, "deadlines": 0.97, "leads": 0.97, "routes": 0.97}.items():
        assert mean(f[name] for f in all_figures) >= least, name
