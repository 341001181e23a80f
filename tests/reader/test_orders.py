"""What one paragraph orders: parts, roles, routes, citations, questions."""

import pytest
from pydantic import ValidationError

from directives_core.reader import NoticeDraft, read_notice

HEAD = """THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại phiên họp tháng 5

Ngày 15/5/2024, ông Hồ Sỹ Thạnh, Chủ tịch UBND tỉnh chủ trì phiên họp tháng 5. Chủ tịch UBND tỉnh kết luận như sau:

"""


def read(body):
    return read_notice(HEAD + body)


def only(body):
    (item,) = read(body).items
    return item


def roles(item):
    return [(a.unit, a.role) for a in item.assignees]


def test_every_unit_with_a_verb_of_its_own_has_an_item_of_its_own():
    items = read("1. Giao Sở Tài chính lập dự toán; Sở Y tế kiểm tra bệnh viện. Công an tỉnh hỗ trợ.").items

    assert [(i.path, i.assignees[0].unit) for i in items] == [
        ("1.s1", "Sở Tài chính"), ("1.s2", "Sở Y tế"), ("1.s3", "Công an tỉnh"),
    ]  # fmt: skip


def test_who_leads_and_who_helps():
    item = only("1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, các đơn vị liên quan lập quy hoạch.")
    assert roles(item) == [
        ("Sở Xây dựng", "lead"), ("Sở Tài chính", "cooperating"), ("các đơn vị liên quan", "cooperating"),
    ]  # fmt: skip
    beside = only("1. Ban Kỹ thuật chủ trì, Ban An toàn phối hợp, lập phương án.")
    assert roles(beside) == [("Ban Kỹ thuật", "lead"), ("Ban An toàn", "cooperating")]
    after = only("1. Sở Xây dựng chủ trì lập quy hoạch; Sở Tài chính phối hợp.")
    assert roles(after) == [("Sở Xây dựng", "lead"), ("Sở Tài chính", "cooperating")]


def test_the_one_who_speaks_is_not_the_one_who_is_told():
    draft = read(
        "1. Chủ tịch UBND tỉnh yêu cầu Sở Y tế rà soát nhân lực.\n2. Ban Thường vụ giao:\n- Sở Y tế lập kế hoạch."
    )

    assert [roles(item) for item in draft.items] == [[("Sở Y tế", "lead")], [("Sở Y tế", "lead")]]


def test_behind_a_purpose_too_the_one_who_speaks_is_not_the_one_who_is_told():
    for speaks in ("yêu cầu", "giao", "đề nghị"):
        body = f"Để hoàn thành kế hoạch, Chủ tịch UBND tỉnh {speaks} các sở, ban, ngành tập trung các việc sau:"
        items = read(f"{body}\n\n1. Rà soát quy hoạch.\n\n2. Đẩy mạnh thu hút đầu tư.").items
        assert [roles(item) for item in items] == [[("các sở, ban, ngành", "addressed")]] * 2


def test_under_a_units_heading_directing_others_is_its_own_task():
    item = only("1. Sở Giáo dục và Đào tạo\n\nChỉ đạo các trường vệ sinh lớp học.")

    assert roles(item) == [("Sở Giáo dục và Đào tạo", "lead")]


def test_performers_may_stand_behind_the_order():
    item = only("1. Tổ chức lễ hội (giao Sở Văn hóa chủ trì, phối hợp với Sở Du lịch).")

    assert roles(item) == [("Sở Văn hóa", "lead"), ("Sở Du lịch", "cooperating")]


@pytest.mark.parametrize(
    ("words", "to", "via"),
    [
        ("báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ) trước ngày 30/5", "UBND tỉnh", "Sở Nội vụ"),
        ("nộp hồ sơ về UBND tỉnh ( qua Sở Nội vụ )", "UBND tỉnh", "Sở Nội vụ"),
        ("báo cáo UBND tỉnh thông qua Sở Nội vụ", "UBND tỉnh", "Sở Nội vụ"),
        ("gửi danh sách về Sở Nội vụ để tổng hợp", "Sở Nội vụ", None),
        ("trình UBND tỉnh xem xét", "UBND tỉnh", None),
        ("lập hồ sơ để UBND tỉnh báo cáo Chính phủ", None, None),
        ("hoàn thiện báo cáo của Sở Nội vụ", None, None),
    ],
)
def test_a_route_has_the_ends_that_are_written(words, to, via):
    item = only(f"1. Sở Y tế rà soát nhân lực, {words}.")

    assert (item.report_to, item.via) == (to, via)


def test_a_cited_document_is_a_citation_and_its_day_no_deadline():
    item = only("1. Sở Y tế thực hiện Chỉ thị số 08/CT-UBND ngày 22/02/2024 và Kết luận số 12-KL/TU, ngày 01/3/2024.")

    assert [(c.number, str(c.date)) for c in item.citations] == [
        ("08/CT-UBND", "2024-02-22"),
        ("12-KL/TU", "2024-03-01"),
    ]
    assert item.deadline is None


def test_decisions_praise_and_reports_order_nothing():
    draft = read(
        "1. Đánh giá cao sự chuẩn bị của Sở Y tế.\n2. Thống nhất chủ trương mua xe. Sở Y tế đã hoàn thành hồ sơ.\n"
        "3. Đồng ý lùi thời hạn đề án đến ngày 30/6/2024."
    )

    assert draft.items == ()
    assert sum(left.reason == "a decision or an assessment" for left in draft.left_out) >= 3
    assert any("extension" in question for question in draft.questions)


def test_an_order_behind_a_decision_is_taken_alone():
    item = only("1. Thống nhất chủ trương mua xe. Giao Sở Tài chính bố trí vốn.")

    assert item.text == "Giao Sở Tài chính bố trí vốn."


def test_faults_under_an_order_to_remedy_are_remedies():
    items = read("1. Yêu cầu các sở, ngành khắc phục các hạn chế sau:\n- Giải ngân chậm.\n- Hồ sơ quá hạn nhiều.").items

    assert [(i.path, i.kind) for i in items] == [("1.d1", "remedy"), ("1.d2", "remedy")]
    assert {i.assignees[0].role for i in items} == {"addressed"}


def test_a_place_without_its_name_is_told_to_act_as_its_committee():
    assert roles(only("1. Xã chủ động cân đối nguồn vốn.")) == [("UBND xã", "lead")]


def test_short_lines_without_blank_lines_are_paragraphs_of_their_own():
    items = read(
        "Sở Y tế kiểm tra bệnh viện tuyến huyện, xong trước 15/6.\nSở Tài chính bố trí vốn mua thuốc trước 20/6."
    ).items

    assert [i.path for i in items] == ["p1", "p2"]


def test_attendance_orders_nothing():
    text = HEAD.replace("Chủ tịch UBND tỉnh kết luận như sau:\n", "") + (
        "I. THÀNH PHẦN\n- Sở Y tế: ông A.\nII. KẾT LUẬN\nSau khi thảo luận, Chủ tịch UBND tỉnh kết luận:\n"
        "1. Sở Y tế lập kế hoạch."
    )
    (item,) = read_notice(text).items

    assert (item.path, item.text) == ("II.1", "Sở Y tế lập kế hoạch.")


def test_what_is_open_is_asked():
    item = only("1. Lập kế hoạch chống hạn trước ngày 31/6/2024.")
    assert item.assignees == ()
    assert any("No unit is named" in question for question in item.questions)
    assert any("31/6/2024" in question for question in item.questions)
    some = only("1. Các xã, phường chưa nộp báo cáo khẩn trương nộp về UBND tỉnh.")
    assert any("which units" in question for question in some.questions)


def test_a_weak_period_in_a_lead_in_is_no_deadline_of_what_follows():
    items = read("Để giữ tăng trưởng trong quý II, yêu cầu các sở, ngành thực hiện:\n1. Đẩy mạnh giải ngân.").items

    assert [item.deadline for item in items] == [None]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"items": [{"path": "1", "span": [5, 2], "text": "x"}]}, "backwards"),
        ({"items": [{"path": "1", "span": [0, 1], "text": "x", "kind": "order"}]}, "kind"),
        ({"items": [{"path": "1", "span": [0, 1], "text": "x", "deadline": {"wording": "x", "rule": "soon"}}]}, "rule"),
        ({"itmes": []}, "itmes"),
    ],
)  # fmt: skip
def test_a_draft_spoilt_by_hand_is_refused_with_the_place(change, about):
    with pytest.raises(ValidationError, match=about):
        NoticeDraft.model_validate(change)


def test_a_table_written_out_gives_units_helpers_and_days_by_its_columns():
    draft = read(
        "TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn\n\n"
        "1 | Kiểm tra các ngầm tràn | Sở Giao thông vận tải | UBND các xã | 07/6/2024\n\n"
        "2 | Phát bản tin thời tiết | Đài Phát thanh và Truyền hình tỉnh | | Thường xuyên\n"
    )

    first, second = draft.items
    assert (first.path, first.text) == ("1", "Kiểm tra các ngầm tràn")
    assert roles(first) == [("Sở Giao thông vận tải", "lead"), ("UBND các xã", "cooperating")]
    assert str(first.deadline.due) == "2024-06-07"
    assert roles(second) == [("Đài Phát thanh và Truyền hình tỉnh", "lead")]
    assert second.deadline is None


def test_a_unit_behind_a_time_or_a_condition_is_told_to_act():
    draft = read(
        "1. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị kịp thời phản ánh về Sở Nội vụ.\n"
        "2. Từ nay đến ngày 15/6/2024, Công an tỉnh mở đợt cao điểm.\n"
        "3. Trường hợp quá thời hạn nêu trên, UBND tỉnh sẽ xem xét trách nhiệm.\n"
    )

    assert [roles(item) for item in draft.items] == [[("các đơn vị", "addressed")], [("Công an tỉnh", "lead")]]
    assert draft.items[0].report_to == "Sở Nội vụ"


def test_what_some_do_and_what_somebody_asks_for_is_no_order():
    draft = read(
        "1. Một số xã xây dựng nông thôn mới chậm.\n2. Ông Lê Bá Thước (thôn 3) kiến nghị được cấp đất.\n"
        "3. Bà Cao Thị Mận, Giám đốc Công ty Sông Lòng kiến nghị giảm thuế.\n"
        "4. Tuy nhiên, kết nối giữa các cảng còn yếu.\n5. Sở Y tế lập kế hoạch.\n"
    )

    assert [item.path for item in draft.items] == ["5"]


def test_a_heading_in_capitals_names_a_class_and_units_as_names_are_written():
    draft = read("I. CÁC SỞ, BAN, NGÀNH\n- Rà soát thủ tục.\nII. SỞ TÀI CHÍNH\n- Lập dự toán của Sở Tài chính.\n")

    assert [roles(item) for item in draft.items] == [[("Các sở, ban, ngành", "addressed")], [("Sở Tài chính", "lead")]]


def test_an_order_behind_the_closing_sentence_is_read():
    draft = read(
        "1. Sở Y tế lập kế hoạch.\n\n"
        "Văn phòng UBND tỉnh thông báo để các đơn vị biết. Giao Văn phòng UBND tỉnh đôn đốc việc thực hiện./.\n"
    )

    assert roles(draft.items[-1]) == [("Văn phòng UBND tỉnh", "lead")]
    assert draft.items[-1].text.startswith("Giao Văn phòng")


def test_a_unit_with_a_deadline_is_told_to_act_by_whatever_verb():
    (item,) = read("1. Viễn thông tỉnh căng lại dây cáp trên quốc lộ trước ngày 20/6/2024.\n").items

    assert roles(item) == [("Viễn thông tỉnh", "lead")]


def test_stars_over_dashes_are_headings_and_figures_of_the_past_order_nothing():
    draft = read(
        "* Phòng Quản lý kết cấu hạ tầng:\n- Lập hồ sơ.\n* Các Cảng vụ khu vực I, II:\n"
        "- Báo cáo Cục (qua Văn phòng Cục) số liệu.\n* Thu ngân sách đạt 19,6% dự toán.\n"
    )

    first, second = draft.items
    assert roles(first) == [("Phòng Quản lý kết cấu hạ tầng", "lead")]
    assert roles(second) == [("Cảng vụ khu vực I", "lead"), ("Cảng vụ khu vực II", "lead")]
    assert (second.report_to, second.via) == ("Cục", "Văn phòng Cục")


def test_several_units_in_one_sentence_each_have_the_order_behind_their_name():
    items = read(
        "1. Sở Tài chính rót kinh phí trước ngày 15/6/2024, Sở Xây dựng ráp nối hồ sơ mẫu và Sở Y tế dọn kho.\n"
        "2. Sở Y tế chủ trì, phối hợp với Sở Tài chính, Sở Xây dựng lập đề án.\n"
    ).items

    assert [(i.path, roles(i)[0][0]) for i in items] == [
        ("1.s1", "Sở Tài chính"), ("1.s2", "Sở Xây dựng"), ("1.s3", "Sở Y tế"), ("2", "Sở Y tế"),
    ]  # fmt: skip
    assert [str(i.deadline.due) if i.deadline else None for i in items] == ["2024-06-14", None, None, None]


def test_a_name_ends_where_the_notice_ends_it_elsewhere_whatever_verb_follows():
    items = read("1. Cục Đường thủy chùi lại biển báo.\n2. Sở Y tế, Cục Đường thủy, Công an tỉnh lập kế hoạch.").items

    assert roles(items[0]) == [("Cục Đường thủy", "lead")]


def test_what_a_unit_may_have_or_lacks_is_no_order():
    draft = read(
        "1. Đồng ý cho Sở Y tế mượn trụ sở cũ đến hết tháng 6.\n2. Sở Y tế thiếu 12 bác sĩ.\n3. Sở Y tế lập kế hoạch."
    )

    assert [item.path for item in draft.items] == ["3"]


@pytest.mark.parametrize("gap", ["\t", "      "])
def test_a_table_laid_out_by_tabs_or_wide_blanks_is_read_by_its_columns(gap):
    rows = [
        ("TT", "Đơn vị", "Hạng mục", "Thời hạn"),
        ("1", "Sở Y tế", "Lắp máy thở", "07/6/2024"),
        ("2", "Sở Tài chính", "Mua phần mềm", "Thường xuyên"),
    ]
    first, second = read("\n".join(gap.join(row) for row in rows) + "\n").items

    assert (first.path, first.text, roles(first)) == ("1", "Lắp máy thở", [("Sở Y tế", "lead")])
    assert str(first.deadline.due) == "2024-06-07"
    assert (second.text, roles(second)) == ("Mua phần mềm", [("Sở Tài chính", "lead")])
    assert (second.deadline, second.urgency) == (None, "Thường xuyên")


def test_the_tasks_of_an_appendix_behind_the_signature_are_read_and_the_rest_is_left_out():
    draft = read(
        "1. Sở Y tế lập kế hoạch.\n\nNơi nhận:\n- Như trên;\n\nTM. ỦY BAN NHÂN DÂN\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n"
        "| TT | Đơn vị | Nhiệm vụ | Thời hạn |\n| 1 | Sở Tài chính | Bố trí vốn | Quý II/2024 |\n"
    )

    assert [(item.path, roles(item)) for item in draft.items] == [
        ("1", [("Sở Y tế", "lead")]), ("PL.1", [("Sở Tài chính", "lead")]),
    ]  # fmt: skip
    assert {"Nơi nhận:", "PHỤ LỤC"} <= {left.text for left in draft.left_out}


def test_a_duty_of_every_day_is_asked_about():
    item = only("1. Sở Y tế hằng ngày kiểm tra bệnh viện.")

    assert item.deadline is None
    assert any("every day" in question for question in item.questions)


def test_a_unit_on_the_way_may_hand_on_to_the_one_that_is_reported_to():
    item = only("1. Sở Y tế gửi số liệu qua Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 30/6/2024.")

    assert (item.report_to, item.via) == ("UBND tỉnh", "Sở Nội vụ")
