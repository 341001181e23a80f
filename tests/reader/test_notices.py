"""Whole notices: the real one, the bundled one, and notices of invented offices, against gold annotations."""

import json
import re
import subprocess
import sys
import textwrap
import time
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from directives_core.bundled import notice_text
from directives_core.reader import NoticeDraft, read_notice

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared" / "notices"
INVENTED = sorted((HERE / "notices").glob("*.txt"))
REAL = SHARED / "nhu-thanh-2021-09-22.txt"
with_shared = pytest.mark.skipif(not REAL.exists(), reason="the shared notices are not beside this repository")


def words(text):
    text = unicodedata.normalize("NFC", text or "").casefold().replace("&", " và ").replace("–", "-")
    text = re.sub(r"ủy ban nhân dân|uỷ ban nhân dân", "ubnd", text)
    return " ".join(re.sub(r"[\s,;:.()“”\"']+", " ", text).split())


def unit(name, aliases):
    for main, others in aliases.items():
        if words(name) in map(words, (main, *others)):
            name = main
    return re.sub(r"^ubnd (?=xã|phường|thị trấn|đặc khu|các)", "", words(name))


def found(draft, gold):
    """Pair every gold item with the draft item that covers its beginning."""
    pairs = {}
    for item in gold["items"]:
        start = item["char_start"]
        covering = [i for i in draft.items if i.span[0] <= start + 15 and i.span[1] > start]
        if covering:
            pairs[item["id"]] = (item, max(covering, key=lambda i: i.span[0]))
    return pairs


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_an_invented_notice_is_read_as_its_annotation_says(path):
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    aliases = gold.get("unit_aliases", {})
    draft = read_notice(path.read_text(encoding="utf-8"))

    pairs = found(draft, gold)

    assert len(pairs) == len(gold["items"])
    assert len(draft.items) == len(gold["items"])
    for item, read in pairs.values():
        roles = {"lead": set(), "cooperating": set()}
        for a in item["assignees"]:
            roles["cooperating" if a["role"] == "cooperating" else "lead"].add(unit(a["name"], aliases))
        have = {"lead": set(), "cooperating": set()}
        for a in read.assignees:
            have["cooperating" if a.role == "cooperating" else "lead"].add(unit(a.unit, aliases))
        assert have == roles, item["id"]
        due = read.deadline.due.isoformat() if read.deadline and read.deadline.due else None
        assert [due] == ([d["due"] for d in item["deadlines"]] or [None]), item["id"]
        assert {c.number for c in read.citations} == {c["number"] for c in item["citations"]}, item["id"]
        assert (unit(read.report_to, aliases), unit(read.via, aliases)) == (
            unit(item["report_to"], aliases),
            unit(item["report_via"], aliases),
        ), item["id"]
    header = gold["header"]
    assert unit(draft.header.issuer, aliases) == unit(header["issuer"], aliases)
    assert draft.header.chair.name == header["chair"]["name"]
    assert draft.header.meeting.date.isoformat() == header["meeting"]["date"]


@with_shared
def test_the_real_notice_scores_as_asked():
    draft = read_notice(REAL.read_text(encoding="utf-8"))

    done = subprocess.run(
        [sys.executable, SHARED / "score.py", SHARED / "nhu-thanh-2021-09-22.gold.json"],
        input=draft.model_dump_json(),
        capture_output=True,
        text=True,
        check=True,
    )

    scores = json.loads(done.stdout)
    assert scores["items"]["f1"] >= 0.95
    for name, least in {
        "deadlines": 0.95, "leads": 0.95, "cooperating": 0.8, "routes": 1, "citations": 0.95, "kinds": 0.9,
        "verbatim": 1, "wording": 1, "tight": 0.95, "header": 1,
    }.items():  # fmt: skip
        assert scores[name] >= least, (name, scores)


@with_shared
@pytest.mark.parametrize(
    ("day", "overdue"), [("2021-10-01", 3), ("2021-10-18", 6), ("2021-10-19", 7), ("2021-11-01", 13)]
)
def test_the_real_notice_has_as_many_overdue_items_as_its_annotation_says(day, overdue):
    draft = read_notice(REAL.read_text(encoding="utf-8"))

    late = [i for i in draft.items if i.deadline and i.deadline.due and i.deadline.due < date.fromisoformat(day)]

    assert len(late) == overdue


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_unicode_form_and_line_ends_change_no_reading(form, ends):
    plain = read_notice(notice_text())
    text = unicodedata.normalize(form, notice_text()).replace("\n", ends)

    draft = read_notice(text)

    assert [i.path for i in draft.items] == [i.path for i in plain.items]
    assert [i.deadline and i.deadline.due for i in draft.items] == [i.deadline and i.deadline.due for i in plain.items]
    assert [[a.unit for a in i.assignees] for i in draft.items] == [[a.unit for a in i.assignees] for i in plain.items]
    assert all(text[slice(*i.span)] == i.text for i in draft.items)
    assert all(text[slice(*left.span)] == left.text for left in draft.left_out)


def test_a_wrapped_notice_reads_as_the_unwrapped_one():
    plain = read_notice(notice_text())
    lines = [textwrap.fill(line, 78) if len(line) > 78 else line for line in notice_text().split("\n")]
    text = "\n".join(lines)

    draft = read_notice(text)

    assert [i.path for i in draft.items] == [i.path for i in plain.items]
    assert [" ".join(i.text.split()) for i in draft.items] == [" ".join(i.text.split()) for i in plain.items]
    assert all(text[slice(*i.span)] == i.text for i in draft.items)


def test_every_word_of_the_bundled_notice_is_in_an_item_or_left_out():
    text = notice_text()
    draft = read_notice(text)
    covered = bytearray(len(text))
    for part in (*draft.items, *draft.left_out):
        covered[slice(*part.span)] = b"\x01" * (part.span[1] - part.span[0])

    missed = "".join(c for c, seen in zip(text, covered, strict=True) if not seen)

    assert not re.search(r"[^\W\d_]{2,}", re.sub(r"(?m)^\s*(?:[IVX]+|[\d.]+|-)\s*", "", missed)), missed


def test_the_bundled_notice_holds_every_kind_of_deadline():
    draft = read_notice(notice_text())

    rules = {i.deadline.rule for i in draft.items if i.deadline}
    assert rules == {
        "before", "at-latest", "before-time", "within-month", "within-quarter", "within-year", "recurring", "relative",
        "event-relative",
    }  # fmt: skip
    assert any(i.urgency for i in draft.items)
    assert {i.kind for i in draft.items} == {"deliverable", "report", "remedy", "standing", "one-off"}


def test_a_draft_goes_through_json_and_back_unchanged():
    draft = read_notice(notice_text())

    assert NoticeDraft.model_validate(json.loads(json.dumps(draft.model_dump(mode="json")))) == draft
    assert NoticeDraft.model_validate_json(draft.model_dump_json()) == draft


def test_reading_two_hundred_items_takes_less_than_a_second_and_grows_with_length():
    item = (
        "{n}. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ, các đơn vị liên quan rà soát kế hoạch; "
        "báo cáo UBND tỉnh (qua Văn phòng UBND tỉnh) trước ngày 30/9/2024 "
        "theo Công văn số {n}/UBND-TH ngày 01/8/2024.\n"
    )
    head = (
        "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh\n\n"
        "Ngày 05/8/2024, UBND tỉnh họp. Chủ tịch UBND tỉnh kết luận như sau:\n\n"
    )
    read_notice(head)
    took = {}
    for count in (200, 800):
        text = head + "\n".join(item.format(n=n) for n in range(1, count + 1))
        begun = time.process_time()
        draft = read_notice(text)
        took[count] = time.process_time() - begun
        assert len(draft.items) == count

    assert took[200] < 1
    assert took[800] < 10 * took[200]
