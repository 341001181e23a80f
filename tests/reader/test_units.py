"""Names, lists and classes of units."""

import pytest

from directives_core.folding import fold
from directives_core.reader.headings import whole_units
from directives_core.reader.units import read_units


def units(text):
    return [(unit.name, unit.is_class) for unit in read_units(fold(text), 0)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Tài chính rà soát", "Sở Tài chính"),
        ("Phòng Lao động, Thương binh và Xã hội tham mưu", "Phòng Lao động, Thương binh và Xã hội"),
        ("Phòng Tài chính - Kế hoạch lập dự toán", "Phòng Tài chính - Kế hoạch"),
        ("Sở KH&ĐT chủ trì", "Sở KH&ĐT"),
        ("Ban Quản lý dự án đầu tư xây dựng thị xã có trách nhiệm", "Ban Quản lý dự án đầu tư xây dựng thị xã"),
        ("Chi nhánh Văn phòng Đăng ký đất đai huyện giải quyết", "Chi nhánh Văn phòng Đăng ký đất đai huyện"),
        ("Trung tâm Phục vụ hành chính công tỉnh công khai", "Trung tâm Phục vụ hành chính công tỉnh"),
        ("Ban Tổ chức nhân sự xây dựng quy chế", "Ban Tổ chức nhân sự"),
        ("Ban An toàn phối hợp", "Ban An toàn"),
        ("Công an huyện tăng cường", "Công an huyện"),
        ("Thủ tướng Chính phủ trước ngày", "Thủ tướng Chính phủ"),
        ("Chánh Văn phòng Bộ theo dõi", "Chánh Văn phòng Bộ"),
        ("Thứ trưởng Hàn Văn Lộc chỉ đạo", "Thứ trưởng Hàn Văn Lộc"),
        ("đồng chí Bùi Khắc Huân - Phó Chủ tịch UBND tỉnh chỉ đạo", "đồng chí Bùi Khắc Huân"),
        ("Phân xưởng 2: khắc phục", "Phân xưởng 2"),
        ("Công ty Truyền tải 3, Công ty", "Công ty Truyền tải 3"),
    ],
)
def test_a_name_ends_where_the_verb_begins(text, name):
    assert units(text)[0] == (name, False)


@pytest.mark.parametrize("text", ["Xã Bạch Khuê", "xã Bạch Khuê lập", "UBND xã Bạch Khuê khẩn trương"])
def test_a_place_that_is_told_to_act_is_its_committee(text):
    assert units(text) == [("UBND xã Bạch Khuê", False)]


def test_a_list_behind_a_colon_gives_every_member_its_head():
    assert units("Các xã, thị trấn: Đông Lãng, Phú Khuông, thị trấn Kha Vĩnh tiếp tục") == [
        ("UBND xã Đông Lãng", False), ("UBND xã Phú Khuông", False), ("UBND thị trấn Kha Vĩnh", False),
    ]  # fmt: skip
    assert units("các Sở: Kế hoạch và Đầu tư, Tài chính và UBND các huyện Hà Lam, Vân Đô rà soát") == [
        ("Sở Kế hoạch và Đầu tư", False), ("Sở Tài chính", False),
        ("UBND huyện Hà Lam", False), ("UBND huyện Vân Đô", False),
    ]  # fmt: skip
    assert units("Các tổ dân phố: 3, 5, 9 khẩn trương") == [(f"Tổ dân phố {n}", False) for n in (3, 5, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "UBND các xã, thị trấn",
        "các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn",
        "Thủ trưởng các sở, ban, ngành",
        "Sở Nông nghiệp và Môi trường các tỉnh, thành phố",
        "phòng, ban, ngành, cơ quan, đơn vị, các xã, thị trấn",
        "Tất cả các khoa lâm sàng",
    ],
)
def test_a_class_of_units_is_one_phrase_and_never_its_members(text):
    assert units(f"{text} thực hiện nghiêm") == [(text, True)]


def test_a_unit_after_a_class_is_a_unit_of_its_own():
    assert units("các sở, ban, ngành, Sở Tài chính rà soát") == [("các sở, ban, ngành", True), ("Sở Tài chính", False)]
    assert units("Công an tỉnh, Sở Y tế kiểm tra") == [("Công an tỉnh", False), ("Sở Y tế", False)]


@pytest.mark.parametrize(
    "text", ["Phòng chống dịch", "Hội nghị", "Báo cáo UBND huyện", "Ban hành kế hoạch", "Trường hợp", ""]
)
def test_words_that_only_begin_like_units_are_none(text):
    assert units(text) == []


def test_a_heading_of_units_holds_nothing_else():
    assert whole_units(fold("UBND các xã, thị trấn:"), 0, 22)
    assert not whole_units(fold("Sở Tài chính rà soát"), 0, 20)
