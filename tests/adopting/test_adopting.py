"""Old registers kept in spreadsheets: mapped by their heads, checked row by row, taken over in one commit."""

import datetime as dt
import hashlib
import io

import openpyxl
import pytest
from msgspec import structs

from directives_adapters.sheets import read_sheets
from directives_core.adopting import Mapping, adopt, suggest
from directives_core.errors import ActorNeeded, BadValue, NotAllowed, SheetRefused
from tests.register.given import AUDITOR, CAN_KHE, CHAIR, HUYEN, NOI_VU, OFFICE, position

HEADS = [
    "STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Phối hợp", "Văn bản giao", "Ngày giao", "Thời hạn hoàn thành",
    "Gia hạn đến", "Trạng thái", "Ngày hoàn thành", "Văn bản báo cáo", "Lĩnh vực", "Ghi chú",
]  # fmt: skip
GIVEN, DUE, LATER, DONE = dt.date(2021, 3, 1), dt.date(2021, 3, 31), dt.date(2021, 4, 15), dt.date(2021, 4, 10)


def row(n: int = 1, **cells: object) -> list[object]:
    """A row of an old register, open and due on 31 March, with cells of its own by head."""
    values: dict[str, object] = {
        "STT": n, "Nội dung nhiệm vụ": f"Rà soát lần {n}", "Đơn vị chủ trì": CAN_KHE, "Ngày giao": GIVEN,
        "Thời hạn hoàn thành": DUE, "Trạng thái": "Đang thực hiện",
    }  # fmt: skip
    values |= {head.replace("_", " "): value for head, value in cells.items()}
    return [values.get(head) for head in HEADS]


def table(*rows: list[object], heads: list[str] = HEADS) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Năm 2021"
    book.active.append(["SỔ THEO DÕI NHIỆM VỤ ĐƯỢC GIAO"])
    for each in ([], heads, *rows):
        book.active.append(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(register, data: bytes, mapping: Mapping | None = None, *, name: str = "so.xlsx", **how: object):
    sheets = read_sheets(data, name).sheets
    mapping = mapping or suggest(sheets).mapping
    digest = hashlib.sha256(data).hexdigest()
    return adopt(register, sheets, mapping, file=name, sha256=digest, **{"by": OFFICE, **how})


def problems(register, data: bytes, **how: object) -> list[str]:
    before = position(register)
    with pytest.raises(SheetRefused) as caught:
        taken(register, data, **how)
    assert position(register) == before
    return [str(problem) for problem in caught.value.problems]


def test_columns_are_proposed_from_the_words_at_their_heads():
    found = suggest(read_sheets(table(row())).sheets)

    assert (found.mapping.sheet, found.mapping.header_row, found.unused) == ("Năm 2021", 3, ())
    assert found.mapping.columns == {
        "number": "STT", "text": "Nội dung nhiệm vụ", "lead": "Đơn vị chủ trì", "cooperating": "Phối hợp",
        "source": "Văn bản giao", "assigned_on": "Ngày giao", "due": "Thời hạn hoàn thành",
        "extended_to": "Gia hạn đến", "status": "Trạng thái",
        "delivered_on": "Ngày hoàn thành", "result": "Văn bản báo cáo", "note": "Ghi chú",
    }  # fmt: skip
    assert found.mapping.labels == {"field": "Lĩnh vực"}


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (["No.", "Task", "Responsible unit", "Due date", "Status"],
         {"number": "No.", "text": "Task", "lead": "Responsible unit", "due": "Due date", "status": "Status"}),
        (["TT", "NỘI DUNG CHỈ ĐẠO", "CƠ QUAN THỰC HIỆN", "HẠN XỬ LÝ", "Màu"],
         {"number": "TT", "text": "NỘI DUNG CHỈ ĐẠO", "lead": "CƠ QUAN THỰC HIỆN", "due": "HẠN XỬ LÝ"}),
    ],
)  # fmt: skip
def test_other_offices_heads_are_known_too(heads, columns):
    assert suggest(read_sheets(table(heads=heads)).sheets).mapping.columns == columns


def test_a_sheet_without_known_heads_is_refused():
    with pytest.raises(BadValue, match="row of heads"):
        suggest(read_sheets(b"a;b\n1;2\n").sheets)


def test_a_row_is_recorded_now_and_effective_then_and_marked(any_register):
    data = table(row(
        7, Đơn_vị_chủ_trì="can khe", Phối_hợp="Công an huyện; Phòng Nội vụ", Văn_bản_giao="12/TB-UBND",
        Gia_hạn_đến="15/4/2021", Trạng_thái="Hoàn thành", Ngày_hoàn_thành="10.4.2021", Văn_bản_báo_cáo="45/BC-UBND",
        Lĩnh_vực="đất đai", Ghi_chú="đã đôn đốc",
    ))  # fmt: skip

    adopted = taken(any_register, data)

    number = adopted.numbers[4]
    view = any_register.as_of()[number]
    assert (view.text, view.assigned_on, view.original_due_on, view.extensions) == ("Rà soát lần 7", GIVEN, DUE, 1)
    assert (view.status, view.timeliness, view.completed_on) == ("completed", "completed-on-time", DONE)
    assert (view.last_report.document, view.shares[0].unit.name) == ("45/BC-UBND", CAN_KHE)
    assert [unit.name for unit in view.cooperating] == ["Công an huyện", NOI_VU]
    assert view.labels == {"field": "đất đai", "adopted": "so.xlsx", "old-number": "7"}
    assert adopted.guessed == {"can khe": CAN_KHE}
    assert adopted.undated_extensions == (4,)
    first, *later = any_register.history(number)
    assert (first.source["number"], first.source["uri"], first.reason) == (
        "12/TB-UBND", "so.xlsx#Năm 2021!4", "taken over from so.xlsx",
    )  # fmt: skip
    assert {entry.source["sha256"] for entry in later} == {hashlib.sha256(data).hexdigest()}
    assert {entry.recorded_at.date() for entry in (first, *later)} == {dt.date(2021, 9, 22)}
    assert any_register.as_of(dt.date(2021, 4, 5), known_at="now")[number].status == "assigned"
    assert any_register.as_of(dt.date(2021, 4, 5)).directives() == []


def test_all_rows_are_one_commit_that_can_be_undone_at_once(register):
    before = position(register)

    adopted = taken(register, table(*(row(n) for n in range(1, 6))), command_id="so-cu")

    assert len({event.recorded_at for event in register.events(after=before)}) == 1
    assert list(adopted.numbers.values()) == [1, 2, 3, 4, 5]
    register.undo("so-cu", by=OFFICE)
    assert register.as_of().directives() == []


def test_every_problem_of_every_row_is_told_and_nothing_is_kept(register):
    data = table(
        row(1, Nội_dung_nhiệm_vụ=None),
        row(2, Đơn_vị_chủ_trì=None),
        row(3, Ngày_giao=None),
        row(4, Ngày_giao="31/2/2021"),
        row(5, Ngày_giao=dt.date(2031, 1, 1)),
        row(6, Thời_hạn_hoàn_thành="khi có kinh phí"),
        row(7, Trạng_thái="chờ xem"),
        row(8, Trạng_thái="Hoàn thành"),
        row(9, Ngày_hoàn_thành=dt.date(2021, 2, 1), Trạng_thái="Hoàn thành"),
        row(10, Gia_hạn_đến=dt.date(2021, 3, 30)),
        row(11, Đơn_vị_chủ_trì="UBND xã Mậu Lâm"),
        row(12, Đơn_vị_chủ_trì="UBND"),
        row(13, Trạng_thái="Đang thực hiện", Ngày_hoàn_thành=DONE),
        row(14),
    )

    said = problems(register, data)

    for n, words in enumerate(
        (
            "the order has no words", "no lead unit is named", "on which day was it assigned?", "is no day",
            "lies ahead", "states no deadline", "is no status that is known", "on which day?",
            "before the day of the assignment", "is not later than the deadline", "no unit is called 'UBND xã Mậu Lâm'",
            "'UBND' fits several units", "its status is another one",
        ),
        4,
    ):  # fmt: skip
        assert any(f"row {n}," in each and words in each for each in said), (n, words, said)
    assert "sheet “Năm 2021”, row 4, column B: the order has no words" in said
    assert len(said) == 13


def test_what_the_register_refuses_is_a_problem_of_its_row(register):
    register.end_unit(NOI_VU, effective_on=dt.date(2021, 2, 1), by=OFFICE)

    said = problems(register, table(row(1), row(2, Đơn_vị_chủ_trì=NOI_VU), row(3, Nội_dung_nhiệm_vụ="Gặp [[ông A")))

    assert [each.partition(":")[0].removeprefix("sheet “Năm 2021”, ") for each in said] == ["row 5, column C", "row 6"]


def test_unknown_units_are_told_once_or_added(register):
    data = table(*(row(n, Đơn_vị_chủ_trì="UBND xã Mậu Lâm" if n % 2 else "UBND xã mậu lâm") for n in range(1, 4)))
    assert len(problems(register, data)) == 1

    adopted = taken(register, data, add_units=True)

    assert adopted.units == ("UBND xã Mậu Lâm",)
    assert {view.shares[0].unit.name for view in register.as_of()} == {"UBND xã Mậu Lâm"}


def test_part_of_a_name_must_be_whole_words_of_one_unit(register):
    register.add_unit("UBND xã Số 16", by=OFFICE)

    (said,) = problems(register, table(row(1, Đơn_vị_chủ_trì="UBND xã Số 1")))

    assert "no unit is called 'UBND xã Số 1'; near are" in said


def test_a_class_is_never_made_a_unit(register):
    data = table(
        row(1, Đơn_vị_chủ_trì="UBND các xã, thị trấn"), row(2, Đơn_vị_chủ_trì=f"{CAN_KHE}, {NOI_VU}"),
        row(3, Đơn_vị_chủ_trì=f"{CAN_KHE}\n- {HUYEN}"),
    )  # fmt: skip

    taken(register, data, add_units=True)

    shares = [[(share.unit.id is None, share.unit.name) for share in view.shares] for view in register.as_of()]
    assert shares[0] == [(True, "UBND các xã, thị trấn")]
    assert [name for _, name in shares[1]] == [CAN_KHE, NOI_VU]
    assert [name for _, name in shares[2]] == [CAN_KHE, HUYEN]


def test_duplicates_in_the_file_and_in_the_register_are_left_out_or_refused(register):
    data = table(row(1), row(2), row(1, STT=9))
    first = taken(register, data)

    again = taken(register, data)

    assert (first.numbers, first.duplicates) == ({4: 1, 5: 2}, {6: "4"})
    assert (again.numbers, again.duplicates) == ({}, {4: "D-1", 5: "D-2", 6: "D-1"})
    said = problems(register, table(row(3), row(1)), refuse_duplicates=True)
    assert said == ["sheet “Năm 2021”, row 5: the same words, unit and day stand in D-1 already"]


def test_words_of_the_mapping_say_what_the_old_register_meant(register):
    data = table(row(1, Trạng_thái="Chuyển kỳ sau"), row(2, Trạng_thái="Xong rồi", Ngày_giao=None))
    proposed = suggest(read_sheets(data).sheets).mapping
    mapping = structs.replace(
        proposed, statuses={"chuyển kỳ sau": "suspended", "Xong rồi": "completed"}, undated_completion="due",
        assigned_on="2021-01-04",
    )  # fmt: skip

    taken(register, data, mapping)

    first, second = register.as_of()
    assert first.status == "suspended"
    assert (second.status, second.assigned_on, second.completed_on) == ("completed", dt.date(2021, 1, 4), DUE)


def test_a_status_that_stands_in_the_column_of_the_result_is_one(register):
    data = table(
        row(1, Trạng_thái=None, Văn_bản_báo_cáo="Đã hoàn thành.", Ngày_hoàn_thành=DONE),
        row(2, Trạng_thái=None, Văn_bản_báo_cáo="tạm dừng"),
    )

    taken(register, data)

    assert [view.status for view in register.as_of()] == ["completed", "suspended"]
    (undated,) = problems(register, table(row(3, Trạng_thái=None, Văn_bản_báo_cáo="xong")))
    assert undated.startswith("sheet “Năm 2021”, row 4, column J: it is completed: on which day?")


def test_words_of_a_result_that_is_none_yet_are_kept_as_a_note(register):
    data = table(row(1, Văn_bản_báo_cáo="đã trình lần 1", Ghi_chú="gấp"), row(2, Văn_bản_báo_cáo="12/BC"))

    taken(register, data)

    first, second = register.as_of()
    assert [note["text"] for note in first.notes] == ["đã trình lần 1", "gấp"]
    assert ([note["text"] for note in second.notes], second.status) == (["12/BC"], "assigned")


def test_the_document_that_ordered_it_has_its_day_and_issuer(register):
    text = (
        "Nội dung;Đơn vị;Ngày giao;Văn bản giao;Ngày văn bản;Cơ quan ban hành\r\n"
        "Nộp báo cáo;can khe;1/3/2021;12/TB;26/2/2021;UBND tỉnh\r\n"
    )

    number = taken(register, text.encode(), name="so.csv").numbers[2]

    source = register.history(number)[0].source
    assert (source["number"], str(source["date"]), source["issuer"]) == ("12/TB", "2021-02-26", "UBND tỉnh")


def test_headings_and_rows_that_count_columns_are_no_directives(register):
    data = table([*range(1, 14)], ["I. Lĩnh vực kinh tế"], row(1), [], ["II", "Lĩnh vực văn hóa"], row(2))

    adopted = taken(register, data)

    assert (list(adopted.numbers), adopted.headings) == ([6, 9], (4, 5, 8))


def test_wordings_of_deadlines_are_read_by_the_rules(register):
    data = table(
        row(1, Thời_hạn_hoàn_thành="trước ngày 15/5/2021"), row(2, Thời_hạn_hoàn_thành="Quý II/2021"),
        row(3, Thời_hạn_hoàn_thành="thường xuyên"), row(4, Thời_hạn_hoàn_thành="trước ngày 23 hàng tháng"),
        row(5, Thời_hạn_hoàn_thành=None),
    )  # fmt: skip

    taken(register, data)

    views = list(register.as_of())
    assert [view.original_due_on for view in views[:3]] == [dt.date(2021, 5, 14), dt.date(2021, 6, 30), None]
    assert views[3].shares[0].periods
    assert views[4].timeliness == "no-deadline"


def test_a_table_of_text_and_merged_cells_are_taken_too(register):
    text = "Nội dung;Đơn vị;Ngày giao;Hạn\r\nNộp báo cáo;can khe;1/3/2021;31/3/2021\r\n"
    book = openpyxl.load_workbook(io.BytesIO(table(row(1), row(2, Nội_dung_nhiệm_vụ=None, Đơn_vị_chủ_trì=NOI_VU))))
    book.active.merge_cells("B4:B5")
    out = io.BytesIO()
    book.save(out)

    assert len(taken(register, text.encode("utf-8-sig"), name="so.csv").numbers) == 1
    assert len(taken(register, out.getvalue()).numbers) == 2
    assert [view.text for view in register.as_of()] == ["Nộp báo cáo", "Rà soát lần 1", "Rà soát lần 1"]


def test_a_mapping_that_does_not_fit_the_sheet_is_refused(register):
    data = table(row(1), heads=[*HEADS[:-1], "STT"])

    (missing,) = problems(register, data, mapping=Mapping(header_row=3, columns={"text": "Việc", "lead": HEADS[2]}))
    (twice,) = problems(
        register, data, mapping=Mapping(header_row=3, columns={"text": HEADS[1], "lead": HEADS[2], "number": "STT"})
    )
    (sheet,) = problems(register, data, mapping=Mapping(sheet="x", header_row=3, columns={}))

    assert "no column is headed “Việc”" in missing
    assert "column M: several columns are headed “STT”" in twice
    assert "there is no such sheet; there are Năm 2021" in sheet


def test_who_may_not_assign_may_not_take_over(register):
    with pytest.raises(NotAllowed):
        taken(register, table(row(1)), by=AUDITOR)
    with pytest.raises(ActorNeeded):
        taken(register, table(row(1)), by=None)

    assert taken(register, table(row(1)), by=CHAIR).numbers == {4: 1}


def test_a_dry_run_tells_everything_and_keeps_nothing(register):
    before = position(register)

    adopted = taken(register, table(row(1), row(2)), dry_run=True)

    assert len(adopted.numbers) == 2
    assert position(register) == before
