"""The bundled notice reads as its author meant it: whoever changes a rule sees here what else it changes."""

import pytest

from directives_core import read_notice
from directives_core.bundled import notice_text

MEANT = (
    ("I.p1", "2024-03-22", "lead Văn phòng HĐND và UBND huyện"),
    ("I.1", "None", "addressed các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn"),
    ("I.2", "None", "addressed các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn"),
    ("I.3.s1", "2024-06-30", "lead Phòng Kinh tế và Hạ tầng"),
    ("I.3.s2", "2024-06-30", "lead Phòng Văn hóa và Thông tin"),
    ("I.3.s3", "2024-06-30", "lead Công an huyện"),
    ("I.3.s4", "2024-05-09", "lead Phòng Kinh tế và Hạ tầng; lead Phòng Văn hóa và Thông tin; lead Công an huyện"),
    ("I.4.d1", "None", "addressed các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn"),
    ("I.4.d2", "None", "addressed các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn"),
    ("II.1", "2024-03-29", "lead Văn phòng HĐND và UBND huyện"),
    ("II.2.d1", "2024-04-05", "lead Phòng Tài chính - Kế hoạch; cooperating Chi cục Thuế khu vực An Lũng"),
    ("II.2.d2", "2024-03-24", "lead Phòng Tài chính - Kế hoạch"),
    ("II.3", "2024-04-03", "lead Phòng Nội vụ"),
    ("II.4.d1", "None", "lead Phòng Nông nghiệp và Phát triển nông thôn"),
    ("II.4.d2", "2024-06-30", "lead Phòng Nông nghiệp và Phát triển nông thôn"),
    ("II.5.d1", "None", "lead Phòng Tài nguyên và Môi trường"),
    ("II.5.d2", "None", "lead Phòng Tài nguyên và Môi trường"),
    ("II.6", "None", "lead Phòng Giáo dục và Đào tạo; cooperating UBND thị trấn Kha Vĩnh"),
    ("II.7", "None", "lead Trung tâm Y tế huyện"),
    ("II.8", "2024-12-31", "lead Ban Quản lý dự án đầu tư xây dựng huyện"),
    ("II.9.p1", "None", "lead Công an huyện"),
    ("II.9.p2", "2024-05-31", "lead Công an huyện"),
    ("II.10", "None", "lead Ủy ban Mặt trận Tổ quốc Việt Nam huyện"),
    ("II.11.d1", "None", "addressed UBND các xã, thị trấn"),
    ("II.11.d2", "2024-03-29", "addressed UBND các xã, thị trấn"),
    ("II.11.d3", "2024-04-04", "addressed Các xã, thị trấn"),
    ("II.11.1", "2024-04-06", "lead UBND xã Bạch Khuê"),
    ("II.11.2", "None", "lead UBND thị trấn Kha Vĩnh"),
    ("II.11.3", "None", "lead UBND xã Đông Lãng; lead UBND xã Thuận Lũng; lead UBND xã Phú Khuông"),
    ("p1", "2024-04-15", "addressed các phòng, ban, ngành, đơn vị cấp huyện, UBND các xã, thị trấn"),
)  # fmt: skip


@pytest.fixture(scope="module")
def items():
    return {item.path: item for item in read_notice(notice_text()).items}


def test_every_order_is_found_and_none_invented(items):
    assert list(items) == [path for path, _, _ in MEANT]


@pytest.mark.parametrize(("path", "due", "who"), MEANT, ids=[path for path, _, _ in MEANT])
def test_an_order_is_read_with_those_who_are_to_act_and_its_day(items, path, due, who):
    item = items[path]

    assert "; ".join(f"{assignee.role} {assignee.unit}" for assignee in item.assignees) == who
    assert str(item.deadline.due if item.deadline else None) == due
