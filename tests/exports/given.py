"""What the tests of exports begin with: a small register in which much happened, and files written and read back."""

import io

from directives_adapters.exports import Excerpt, export
from directives_core import Register, View
from directives_core.language import speaking
from directives_core.testing import Clock
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, HUYEN, MONTHLY, NOI_VU, OFFICE, day

ORDER = "Nộp hồ sơ sáp nhập thôn, tổ dân phố"


def fill(register: Register, clock: Clock) -> None:
    """D-1 completed, D-2 of two units, extended and overdue, D-3 monthly, D-4 without a deadline, suspended."""
    register.assign(ORDER, to=[CAN_KHE], due=day(10, 2), report_to=HUYEN, via=NOI_VU, by=OFFICE)
    register.assign("Rà soát hộ nghèo", to=[CAN_KHE, NOI_VU], due=day(9, 30), by=OFFICE, cooperating=[HUYEN])
    register.assign("Báo cáo tiến độ", to=[NOI_VU], due=MONTHLY, by=OFFICE)
    register.assign("Tuyên truyền", to=[CAN_KHE], due=None, by=OFFICE)
    clock.set("2021-09-27T08:00+07:00")
    register.report(1, "Đã nộp", result=True, document="12/BC-UBND", unit=CAN_KHE, by=CAN_KHE_CLERK)
    register.complete(1, by=OFFICE)
    register.extend("2/1", to=day(10, 15), reason="mưa lũ", by=CHAIR)
    register.report("2/2", "Đang làm", percent=40, by=OFFICE)
    register.label(2, {"lĩnh vực": "giảm nghèo"}, by=OFFICE)
    register.note(2, "hỏi lại đơn vị", by=OFFICE)
    register.suspend(4, reason="chờ hướng dẫn", by=CHAIR)
    clock.set("2021-10-05T08:00+07:00")


def written(
    format_: str, register: Register, view: View | None = None, *, language: str = "en", **filters: object
) -> bytes:
    """The bytes of an export."""
    out = io.BytesIO()
    with speaking(language):
        export(format_, Excerpt(register, view or register.as_of(), filters), out)
    return out.getvalue()
