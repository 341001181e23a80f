"""Calendars, judged by another library than the one that writes them."""

from typing import Any

import icalendar

from directives_core import Register
from directives_core.testing import Clock
from tests.exports.given import written
from tests.register.given import CHAIR, NOI_VU, OFFICE, day


def events(data: bytes) -> dict[str, Any]:
    """Uid without the register -> event."""
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    found = {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    assert not any(event.errors for event in found.values())
    return found


def test_deadlines_are_events_of_a_whole_day(filled: Register) -> None:
    found = events(written("ics", filled))

    assert found["D-2.1"].decoded("dtstart") == day(10, 15)
    assert found["D-2.1"].decoded("dtend") == day(10, 16)
    assert str(found["D-2.1"]["summary"]) == "D-2/1 UBND xã Cán Khê: Rà soát hộ nghèo"
    assert "Rà soát hộ nghèo\nLead unit: UBND xã Cán Khê" in str(found["D-2.1"]["description"])
    assert "D-4.1" not in found  # it has no deadline


def test_what_is_done_is_cancelled_and_an_uid_stays_the_same(filled: Register) -> None:
    before = events(written("ics", filled))
    filled.extend("2/1", to=day(10, 29), reason="mưa lũ", by=CHAIR)
    filled.hand_over("2/2", to=NOI_VU, reason="chuyển", source="QĐ 1", by=CHAIR)
    after = events(written("ics", filled))

    assert (before["D-1.1"]["status"], before["D-2.1"]["status"]) == ("CANCELLED", "CONFIRMED")
    assert after["D-2.1"].decoded("dtstart") == day(10, 29)
    assert after["D-2.1"]["sequence"] > before["D-2.1"]["sequence"]
    assert after["D-2.1"]["uid"] == before["D-2.1"]["uid"]
    assert (after["D-2.2"]["status"], after["D-2.3"]["status"]) == ("CANCELLED", "CONFIRMED")


def test_a_recurring_duty_has_an_event_for_each_period_begun_and_for_the_next(filled: Register, clock: Clock) -> None:
    filled.report(3, "Đã báo cáo", result=True, period="2021-09", by=OFFICE)
    filled.complete(3, period="2021-09", by=OFFICE)
    clock.set("2021-11-05T08:00+07:00")

    found = {uid: event for uid, event in events(written("ics", filled)).items() if uid.startswith("D-3.1")}

    assert {uid: (event.decoded("dtstart"), event["status"]) for uid, event in found.items()} == {
        "D-3.1.2021-09": (day(9, 22), "CANCELLED"),
        "D-3.1.2021-10": (day(10, 22), "CONFIRMED"),
        "D-3.1.2021-11": (day(11, 22), "CONFIRMED"),
        "D-3.1.2021-12": (day(12, 22), "CONFIRMED"),
    }


def test_what_rests_is_tentative(filled: Register) -> None:
    filled.suspend("2/1", reason="chờ", by=CHAIR)

    assert events(written("ics", filled))["D-2.1"]["status"] == "TENTATIVE"


def test_no_line_is_longer_than_75_octets_and_no_letter_is_torn(filled: Register) -> None:
    filled.assign("Đôn đốc " * 60, to=[NOI_VU], due=day(12, 1), by=OFFICE)

    data = written("ics", filled, language="vi")

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert str(events(data)["D-5.1"]["description"]).startswith(("Đôn đốc " * 60).strip())
