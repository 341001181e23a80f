"""A draft in a workbook: what a secretary does to it, and the draft that comes back."""

import datetime as dt

import pytest

from directives_adapters.reviews import read_review, review_workbook
from directives_core import NoticeDraft, read_notice
from directives_core.bundled import notice_text
from directives_core.errors import AmbiguousUnit, SheetRefused, UnknownFormat, UnknownUnit
from directives_core.language import speaking
from tests.reviews.secretary import Secretary

TEXT = notice_text()
DRAFT = read_notice(TEXT)
WORKBOOK = review_workbook(DRAFT, TEXT)
FIRST, CLASS, ONE = "I.1", "II.11.d3", "II.11.1"


@pytest.fixture
def secretary() -> Secretary:
    return Secretary(WORKBOOK)


def back(secretary: Secretary, unit_named=None) -> NoticeDraft:
    return read_review(secretary.saved(), "draft.xlsx").result(unit_named)


def item(draft: NoticeDraft, path: str):
    return next(each for each in draft.items if each.path == path)


def refused(secretary: Secretary, unit_named=None) -> list[str]:
    with pytest.raises(SheetRefused) as caught:
        back(secretary, unit_named)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_workbook_that_nobody_touched_gives_the_draft_with_all_its_spans(language):
    with speaking(language):
        workbook = review_workbook(DRAFT, TEXT)

    assert read_review(workbook, "draft.xlsx").result() == DRAFT
    assert back(Secretary(workbook)) == DRAFT


def test_the_same_draft_gives_the_same_bytes():
    assert review_workbook(DRAFT, TEXT) == WORKBOOK


def test_only_what_was_typed_differs(secretary):
    secretary.types(ONE, "text", "Nộp hồ sơ.")
    secretary.types(ONE, "leads", "UBND xã Bạch Khuê; Phòng Nội vụ")
    secretary.types(ONE, "kind", "report")
    secretary.types(ONE, "report_to", None)
    secretary.says("number", "48/TB-UBND")
    secretary.says("meeting_date", dt.date(2024, 3, 14))

    draft = back(secretary)

    one, before = item(draft, ONE), item(DRAFT, ONE)
    assert (one.text, one.kind, one.report_to, one.via) == ("Nộp hồ sơ.", "report", None, before.via)
    assert [(a.unit, a.span is None) for a in one.assignees] == [("UBND xã Bạch Khuê", False), ("Phòng Nội vụ", True)]
    assert (draft.header.number, draft.header.meeting.date) == ("48/TB-UBND", dt.date(2024, 3, 14))
    assert [each for each in draft.items if each.path != ONE] == [e for e in DRAFT.items if e.path != ONE]


@pytest.mark.parametrize(
    "typed",
    [dt.date(2024, 4, 12), dt.datetime(2024, 4, 12, 8, 0), "12/4/2024", "12.04.2024", "2024-04-12", 45394, "45394"],
)
def test_a_day_is_taken_however_it_was_typed_and_stands_above_the_wording(secretary, typed):
    secretary.types(ONE, "due", typed)

    deadline = item(back(secretary), ONE).deadline

    assert (deadline.due, deadline.wording) == (dt.date(2024, 4, 12), "chậm nhất ngày 06/4/2024")


def test_a_corrected_wording_is_read_anew(secretary):
    secretary.types(ONE, "deadline", "trước ngày 20/4/2024")
    secretary.types(FIRST, "deadline", "khẩn trương")
    secretary.types(FIRST, "due", None)

    draft = back(secretary)

    deadline = item(draft, ONE).deadline
    assert (deadline.rule, deadline.due) == ("before", dt.date(2024, 4, 19))
    assert (item(draft, FIRST).deadline, item(draft, FIRST).urgency) == (None, "khẩn trương")


def test_an_order_is_dropped_with_a_reason_and_stays_to_be_seen(secretary):
    secretary.types(ONE, "action", "drop")
    assert "why is II.11.1 dropped?" in refused(secretary)[0]

    secretary.types(ONE, "reason", "đã giao ở văn bản khác")

    draft = back(secretary)
    assert ONE not in {each.path for each in draft.items}
    assert "đã giao ở văn bản khác" in {left.reason for left in draft.left_out if left.span == item(DRAFT, ONE).span}


def test_an_order_is_merged_into_the_one_named_or_the_one_before(secretary):
    secretary.types("II.11.2", "action", "merge")
    secretary.types("II.11.3", "action", "merge")
    secretary.types("II.11.3", "into", ONE)

    draft = back(secretary)

    assert {"II.11.2", "II.11.3"} & {each.path for each in draft.items} == set()
    one, parts = item(draft, ONE), [item(DRAFT, path) for path in (ONE, "II.11.2", "II.11.3")]
    assert one.text == "\n".join(part.text for part in parts)
    assert {a.unit for a in one.assignees} == {a.unit for part in parts for a in part.assignees}
    assert one.span == (parts[0].span[0], parts[-1].span[1])


def test_an_order_is_split_by_inserted_and_by_copied_rows(secretary):
    words = item(DRAFT, ONE).text
    half = words.index(" ", len(words) // 2)
    secretary.types(ONE, "action", "split")
    secretary.types(ONE, "text", words[:half])
    secretary.inserts(ONE, number=ONE, action="split", text=words[half + 1 :], due="15/4/2024", report_to="-")
    secretary.copies(ONE, text="Phần ba.", leads="Phòng Nội vụ")

    parts = [each for each in back(secretary).items if each.path.startswith(ONE)]

    assert [part.path for part in parts] == ["II.11.1.s1", "II.11.1.s3", "II.11.1.s2"] or [
        part.path for part in parts
    ] == ["II.11.1.s1", "II.11.1.s2", "II.11.1.s3"]
    by_text = {part.text: part for part in parts}
    first, second = by_text[words[:half]], by_text[words[half + 1 :]]
    assert TEXT[slice(*second.span)] == second.text
    assert (second.deadline.due, second.report_to) == (dt.date(2024, 4, 15), None)
    assert second.assignees == first.assignees == item(DRAFT, ONE).assignees
    assert [a.unit for a in by_text["Phần ba."].assignees] == ["Phòng Nội vụ"]


def test_a_passage_that_was_left_out_is_taken_in(secretary):
    place = next(n for n, left in enumerate(DRAFT.left_out, 1) if left.reason == "the introduction")
    secretary.types(f"left:{place}", "action", "take in")
    secretary.types(f"left:{place}", "leads", "Phòng Nội vụ")
    secretary.types(f"left:{place}", "due", "30/4/2024")

    draft = back(secretary)

    taken = item(draft, f"x{place}")
    left = DRAFT.left_out[place - 1]
    assert (taken.text, taken.span) == (left.text, left.span)
    assert (taken.assignees[0].unit, taken.deadline.due) == ("Phòng Nội vụ", dt.date(2024, 4, 30))
    assert len(draft.left_out) == len(DRAFT.left_out) - 1


def test_the_members_of_a_class_are_named(secretary):
    secretary.types(CLASS, "members", "UBND xã Bạch Khuê\nUBND xã Cẩm Vân")

    (assignee,) = item(back(secretary), CLASS).assignees

    assert (assignee.role, assignee.members) == ("addressed", ("UBND xã Bạch Khuê", "UBND xã Cẩm Vân"))
    assert "members" not in item(DRAFT, CLASS).model_dump()["assignees"][0]


def test_questions_that_were_settled_are_deleted_in_any_language():
    asked = next(each for each in DRAFT.items if each.questions)
    with speaking("vi"):
        untouched, settled = (Secretary(review_workbook(DRAFT, TEXT)) for _ in range(2))
    settled.types(asked.path, "questions", None)

    assert item(back(untouched), asked.path).questions == asked.questions
    assert item(back(settled), asked.path).questions == ()


def test_part_of_a_units_name_is_enough_where_it_fits_one_alone(secretary):
    def unit_named(part: str) -> str:
        if part == "xã":
            raise AmbiguousUnit(part, fits=["UBND xã A", "UBND xã B"])
        if part == "noi vu":
            return "Phòng Nội vụ"
        raise UnknownUnit(part)

    secretary.types(ONE, "leads", "noi vu; Phòng Mới")
    secretary.types(FIRST, "cooperating", "xã")

    (problem,) = refused(secretary, unit_named)
    assert "“Orders”" in problem
    assert "'xã' fits several units" in problem
    secretary.types(FIRST, "cooperating", None)
    assert [a.unit for a in item(back(secretary, unit_named), ONE).assignees] == ["Phòng Nội vụ", "Phòng Mới"]


def test_rows_may_be_sorted_columns_moved_and_added_and_rows_inserted_above(secretary):
    sheet = secretary.orders
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for at, row in enumerate(reversed(rows), 3):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "Ghi chú của tôi"
    sheet.insert_cols(4)
    sheet.cell(8, 4).value = "đã hỏi"
    sheet.title = "Việc"

    assert back(secretary) == DRAFT


def test_everything_that_is_wrong_is_told_at_once_with_sheet_row_and_column(secretary):
    secretary.types(ONE, "due", "30/2/2024")
    secretary.types(FIRST, "action", "nhận")
    secretary.types("II.1", "text", None)
    secretary.types("II.3", "kind", "chung")
    secretary.types("II.6", "number", "II.9")
    secretary.types("II.7", "action", "merge")
    secretary.types("II.7", "into", "II.99")
    secretary.types("II.8", "action", "split")
    secretary.types("II.10", "deadline", "khi nào xong thì báo")
    secretary.types("II.10", "due", None)
    secretary.orders.delete_rows(secretary.row(secretary.orders, "II.11.3"))
    secretary.inserts("II.1", text="Việc mới")
    secretary.says("date", "hôm qua")

    problems = refused(secretary)

    said = "\n".join(problems)
    for words in (
        "'30/2/2024' is no day", "'nhận' is no word of the list", "an order needs its words", "'chung' is no kind",
        "the number of this order is II.6", "which order is II.7 merged into?", "to split II.8, insert a row",
        "states no deadline", "the row of II.11.3 is missing", "inserted without a number", "'hôm qua' is no day",
    ):  # fmt: skip
        assert words in said
    row = secretary.row(secretary.orders, ONE)
    assert f"sheet “Orders”, row {row}, column L: '30/2/2024' is no day" in said
    assert len(problems) == 11


def test_formulas_merged_cells_and_repeated_rows_are_told(secretary):
    sheet = secretary.orders
    row = secretary.row(sheet, "II.6")
    secretary.types("II.6", "due", "=TODAY()")
    sheet.merge_cells(start_row=row + 1, end_row=row + 2, start_column=7, end_column=7)
    secretary.copies("II.1")

    said = "\n".join(refused(secretary))

    assert "the formula gives no day" in said
    assert "this cell is merged with others" in said
    assert "speak of II.1; to split it, say so in each" in said


def test_a_workbook_without_its_hidden_sheet_or_of_another_kind_is_refused(secretary):
    whole = secretary.saved()
    del secretary.book["directives"]

    assert "the hidden sheet with the draft is missing" in refused(secretary)[0]
    with pytest.raises(UnknownFormat, match="reviewed workbook"):
        read_review(b"a;b\n1;2\n", "draft.csv")
    secretary = Secretary(whole)
    secretary.book["directives"]["A2"] = '{"version": 1}'
    assert "was changed" in refused(secretary)[0]
    secretary = Secretary(whole)
    secretary.book.remove(secretary.orders)
    assert "the sheet of orders is missing" in "\n".join(refused(secretary))


def test_text_that_looks_like_a_formula_stays_text():
    hostile = NoticeDraft.model_validate({
        "items": [{"path": "1", "span": [0, 9], "text": '=HYPERLINK("http://x","y")', "assignees": [
            {"unit": "+1+1", "role": "lead"}, {"unit": "<r><t>x</t></r>", "role": "cooperating"}]}]
    })  # fmt: skip
    workbook = Secretary(review_workbook(hostile))

    assert [cell.data_type for row in workbook.orders.iter_rows(min_row=3) for cell in row if cell.value] == (
        ["s"] * len([cell for row in workbook.orders.iter_rows(min_row=3) for cell in row if cell.value])
    )
    assert back(workbook).items[0].assignees == hostile.items[0].assignees
