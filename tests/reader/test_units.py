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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đồng chí Vi Văn Luyện - Giám đốc Sở Y tế chủ trì", "Sở Y tế"),
        ("đồng chí Phó Giám đốc Sở Tài chính rà soát", "Sở Tài chính"),
        ("ThS. Trần Quý Hợi (Phòng Quản trị - Thiết bị) kiểm tra", "Phòng Quản trị - Thiết bị"),
        ("Ông Doãn Tuấn Kiệt, Phó Tổng Giám đốc trực tiếp chỉ đạo", "Ông Doãn Tuấn Kiệt"),
        ("Ông Lê Bá Thước (thôn 3) đề nghị", "Ông Lê Bá Thước"),
        ("Trưởng Ban Chỉ đạo kết luận", "Trưởng Ban Chỉ đạo"),
        ("Viện Kinh tế xây dựng phối hợp", "Viện Kinh tế xây dựng"),
        ("Phòng Kế hoạch tổng hợp xây dựng phương án", "Phòng Kế hoạch tổng hợp"),
        ("Phòng Kế hoạch - Tài chính làm thủ tục", "Phòng Kế hoạch - Tài chính"),
        ("Đội Quản lý trật tự đô thị ra quân", "Đội Quản lý trật tự đô thị"),
        ("Ban Quản lý dự án khối lượng thực hiện", "Ban Quản lý dự án"),
        ("UBND phường 7 vận động các hộ", "UBND phường 7"),
        ("Tư vấn giám sát bố trí cán bộ", "Tư vấn giám sát"),
        ("Cơ quan Ủy ban Kiểm tra Huyện ủy thẩm tra", "Cơ quan Ủy ban Kiểm tra Huyện ủy"),
        ("Công an phường: Xây dựng kế hoạch", "Công an phường"),
    ],
)
def test_a_unit_is_read_through_a_person_a_function_or_a_longer_name(text, name):
    assert units(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("các Ban HĐND tỉnh để thẩm tra", "các Ban HĐND tỉnh"),
        ("Các thành viên Ban Chỉ đạo đăng ký", "Các thành viên Ban Chỉ đạo"),
        ("Các phòng, ban còn lại: báo cáo", "Các phòng, ban còn lại"),
        ("Các Phòng Giáo dục và Đào tạo rà soát", "Các Phòng Giáo dục và Đào tạo"),
        ("Các Khoa, Viện cử giảng viên tham gia", "Các Khoa, Viện"),
        ("các trường học trên địa bàn dọn vệ sinh", "các trường học trên địa bàn"),
    ],
)
def test_a_class_ends_where_its_words_end(text, name):
    assert units(text) == [(name, True)]


def test_numbers_in_a_list_carry_the_whole_name():
    assert [name for name, _ in units("Các Xí nghiệp Cấp nước số 1, số 2 rà soát")] == [
        "Xí nghiệp Cấp nước số 1",
        "Xí nghiệp Cấp nước số 2",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cục Quản lý nhà và thị trường bất động sản", ["Cục Quản lý nhà và thị trường bất động sản"]),
        ("Phòng Kỹ thuật - Ban Quản lý dự án:", ["Phòng Kỹ thuật"]),
        ("Viện Kinh tế xây dựng", ["Viện Kinh tế xây dựng"]),
        ("Giao Sở Tài chính thẩm định:", []),
        ("Sở Tài chính thẩm định:", []),
    ],
)
def test_a_heading_may_hold_a_longer_name_but_no_order(text, names):
    start = len("Giao ") if text.startswith("Giao ") else 0
    assert [unit.name for unit in whole_units(fold(text), start, len(text))] == names
