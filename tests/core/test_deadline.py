"""Wordings of deadlines and the last day that still complies."""

import time
import unicodedata
from datetime import date, timedelta
from datetime import time as hour
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_core.calendar import Calendar
from directives_core.deadline import Recurrence, find_deadlines, find_urgencies, read_deadline

MEETING = date(2021, 9, 22)
DAYS = st.dates(date(2021, 9, 24), date(2028, 12, 31))


def due(wording, anchor=MEETING, **options):
    found = read_deadline(wording, anchor=anchor, **options)
    return None if found is None else (found.rule, found.due)


@pytest.mark.parametrize(
    ("wording", "rule", "day"),
    [
        ("trước ngày 30/9/2021", "before", date(2021, 9, 29)),
        ("trước 30/9", "before", date(2021, 9, 29)),
        ("xong trước 30.9.2021", "before", date(2021, 9, 29)),
        ("trước ngày 30-9-2021", "before", date(2021, 9, 29)),
        ("trước ngày 30 tháng 9 năm 2021", "before", date(2021, 9, 29)),
        ("trước tháng 12/2021", "before", date(2021, 11, 30)),
        ("chậm nhất ngày 02/10/2021", "at-latest", date(2021, 10, 2)),
        ("Chậm nhất là ngày 28 tháng 02 năm 2022", "at-latest", date(2022, 2, 28)),
        ("đến hết ngày 5/10/2021", "at-latest", date(2021, 10, 5)),
        ("đến ngày 5/10/2021", "at-latest", date(2021, 10, 5)),
        ("thời hạn hoàn thành: 30/11/2021", "at-latest", date(2021, 11, 30)),
        ("không quá ngày 30/11/2021", "at-latest", date(2021, 11, 30)),
        ("trước 17 giờ ngày 20/10/2021", "before-time", date(2021, 10, 20)),
        ("trước 16h30, ngày 20 tháng 10 năm 2021", "before-time", date(2021, 10, 20)),
        ("trong tháng 10/2021", "within-month", date(2021, 10, 31)),
        ("trong tháng 10", "within-month", date(2021, 10, 31)),
        ("cuối tháng 10", "within-month", date(2021, 10, 31)),
        ("đầu tháng 11/2021", "within-month", date(2021, 11, 1)),
        ("giữa tháng 11/2021", "within-month", date(2021, 11, 15)),
        ("trong quý IV/2021", "within-quarter", date(2021, 12, 31)),
        ("trong quý 4 năm 2021", "within-quarter", date(2021, 12, 31)),
        ("trong năm 2021", "within-year", date(2021, 12, 31)),
        ("cuối năm", "within-year", date(2021, 12, 31)),
        ("giữa năm 2022", "within-year", date(2022, 6, 30)),
        ("đến hết năm 2021", "within-year", date(2021, 12, 31)),
        ("trong 10 ngày kể từ ngày 22/9/2021", "relative", date(2021, 10, 2)),
        ("trong 5 ngày làm việc kể từ ngày 22/9/2021", "relative", date(2021, 9, 29)),
        ("trong vòng 2 tuần tới", "relative", date(2021, 10, 6)),
        ("by 30 September 2021", "at-latest", date(2021, 9, 30)),
        ("2021-10-02", "at-latest", date(2021, 10, 2)),
        ("tháng 10/2021", "within-month", date(2021, 10, 31)),
    ],
)
def test_a_wording_has_its_rule_and_day(wording, rule, day):
    assert due(wording) == (rule, day)


@pytest.mark.parametrize(
    "text",
    [
        "theo Công văn số 1497/UBND-TNMT ngày 04/8/2021",
        "Quy hoạch vùng huyện đến năm 2045",
        "chốt chặn 24/24",
        "giai đoạn 2016 - 2020",
        "đợt 2 năm 2021",
        "kết quả 9 tháng đầu năm 2021, nhiệm vụ 3 tháng cuối năm 2021",
        "kế hoạch năm 2022",
        "số liệu tính đến ngày 30/9/2021",
        "đất sử dụng trước ngày 15/10/1993",
        "những hạn chế trong tháng 8/2021",
        "bổ sung số liệu đến hết tháng",
        "trước hết, trước mắt, trước UBND huyện",
        "",
    ],
)
def test_what_only_looks_like_a_deadline_is_none(text):
    assert find_deadlines(text, anchor=MEETING) == ()


@pytest.mark.parametrize(
    ("wording", "every", "day", "asked"),
    [
        ("vào ngày 15 và ngày 30 hằng tháng", "month", 15, "30"),
        ("trước ngày 6 và ngày 21 hằng tháng", "month", 5, "21"),
        ("vào ngày cuối cùng hằng tháng", "month", 31, None),
        ("hằng tuần, trước 16 giờ thứ Năm gửi số liệu", "week", 4, None),
    ],
)
def test_two_days_of_a_month_its_last_day_and_a_day_of_every_week_recur(wording, every, day, asked):
    (found,) = find_deadlines(wording, anchor=MEETING)

    assert (found.deadline.recurrence.every, found.deadline.recurrence.day) == (every, day)
    assert any(f"the {asked}" in warning for warning in found.deadline.warnings) == bool(asked)


def test_a_setting_may_read_before_a_day_as_that_day():
    assert due("trước ngày 30/9/2021", before_is="same-day") == ("before", date(2021, 9, 30))
    again = read_deadline("trước ngày 23 hàng tháng", anchor=MEETING, before_is="same-day")
    assert again.recurrence == Recurrence(every="month", day=23)


def test_two_rules_in_one_phrase_are_warned_about_and_both_readings_offered():
    found = read_deadline("chậm nhất trước ngày 12/10/2021", anchor=MEETING)

    assert (found.rule, found.due) == ("before", date(2021, 10, 11))
    assert [other.due for other in found.alternatives] == [date(2021, 10, 12)]
    assert "two rules" in found.warnings[0]


def test_an_hour_is_kept_and_warned_about():
    found = read_deadline("trước 16 giờ 30 ngày 20/10/2021", anchor=MEETING)

    assert found.time == hour(16, 30)
    assert any("16:30" in warning for warning in found.warnings)


@pytest.mark.parametrize("wording", ["trước ngày 31/9/2021", "chậm nhất ngày 29/02/2022", "trước ngày 12/13/2021"])
def test_an_impossible_date_gives_no_day_but_a_question(wording):
    found = read_deadline(wording, anchor=MEETING)

    assert found.due is None
    assert "which day is meant" in found.warnings[0]


def test_a_due_day_before_the_meeting_is_asked_about():
    found = read_deadline("trước ngày 21/11/2022", anchor=date(2023, 11, 14))

    assert found.due == date(2022, 11, 20)
    assert "is the date right" in found.warnings[0]


def test_a_missing_year_is_the_meetings_or_the_next_ones_when_the_day_has_passed():
    assert due("trước ngày 30/9") == ("before", date(2021, 9, 29))
    found = read_deadline("trước ngày 15/1", anchor=date(2021, 12, 20))
    assert found.due == date(2022, 1, 14)
    assert "2022" in found.warnings[0]
    assert read_deadline("trước ngày 30/9", anchor=None).due is None


def test_a_due_day_on_a_weekend_or_holiday_is_warned_about_and_not_moved():
    found = read_deadline("chậm nhất ngày 02/10/2021", anchor=MEETING)
    assert found.due == date(2021, 10, 2)
    assert "a Saturday" in found.warnings[0]
    holiday = read_deadline("chậm nhất ngày 02/9/2022", anchor=MEETING, calendar=Calendar("VN"))
    assert "National Day" in holiday.warnings[0]


@pytest.mark.parametrize(
    ("wording", "every", "month", "day", "first"),
    [
        ("trước ngày 23 hàng tháng", "month", None, 22, date(2021, 9, 22)),
        ("chậm nhất ngày 25 hằng tháng", "month", None, 25, date(2021, 9, 25)),
        ("hằng tháng, báo cáo trước ngày 25", "month", None, 24, date(2021, 9, 24)),
        ("trước ngày 01 hàng tháng", "month", None, 31, date(2021, 9, 30)),
        ("trước ngày 20 của tháng cuối quý", "quarter", 3, 19, date(2021, 12, 19)),
        ("trước ngày 10/6 và 10/12 hàng năm", "half-year", 6, 9, date(2021, 12, 9)),
        ("trước ngày 15/12 hằng năm", "year", 12, 14, date(2021, 12, 14)),
        ("trước ngày 1/3 hàng năm", "year", 2, 31, date(2022, 2, 28)),
        ("trước thứ Sáu hàng tuần", "week", None, 4, date(2021, 9, 23)),
        ("vào ngày 20 hàng tháng", "month", None, 20, date(2021, 10, 20)),
    ],
)
def test_a_recurring_wording_has_its_rule_and_first_day(wording, every, month, day, first):
    found = read_deadline(wording, anchor=MEETING)

    assert found.rule == "recurring"
    assert (found.every, found.recurrence) == (every, Recurrence(every=every, month=month, day=day))
    assert found.due == first


def test_a_period_without_a_day_is_recurring_and_asks_for_the_day():
    found = read_deadline("định kỳ hàng quý báo cáo", anchor=MEETING)

    assert (found.rule, found.every, found.due, found.recurrence) == ("recurring", "quarter", None, None)
    assert "the day is not written" in found.warnings[0]


@pytest.mark.parametrize(
    ("wording", "event"),
    [
        ("tại cuộc họp tiếp theo", "cuộc họp tiếp theo"),
        ("trước kỳ họp thứ 5 HĐND huyện", "kỳ họp thứ 5 HĐND huyện"),
        ("trước mùa mưa lũ", "mùa mưa lũ"),
    ],
)
def test_an_event_that_has_no_day_yet_is_kept(wording, event):
    found = read_deadline(wording, anchor=MEETING)

    assert (found.rule, found.due, found.event) == ("event-relative", None, event)


def test_days_from_the_notices_own_day_count_only_when_that_day_is_known():
    wording = "trong 10 ngày kể từ ngày ban hành Thông báo này"

    assert due(wording, issued=date(2021, 9, 24)) == ("relative", date(2021, 10, 4))
    assert due(wording) == ("relative", None)


def test_urging_words_set_no_day_and_are_found_apart():
    text = "khẩn trương báo cáo ngay, theo tiến độ"

    assert find_deadlines(text, anchor=MEETING) == ()
    assert [text[a:b] for a, b in find_urgencies(text)] == ["khẩn trương", "ngay", "theo tiến độ"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_count_in_the_text_as_given_whatever_its_unicode_form(form):
    text = unicodedata.normalize(form, "Nộp hồ sơ về UBND huyện\n   CHẬM\u00a0NHẤT ngày 02/10/2021 để thẩm định")

    (found,) = find_deadlines(text, anchor=MEETING)

    assert found.deadline.due == date(2021, 10, 2)
    assert text[slice(*found.span)] == unicodedata.normalize(form, "CHẬM\u00a0NHẤT ngày 02/10/2021")


def test_a_date_that_a_line_break_parts_at_its_dash_is_one_date():
    assert due("trước ngày 30-\n   9-2021") == ("before", date(2021, 9, 29))


@given(DAYS, st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d} tháng {m} năm {y}"]))
def test_a_deadline_before_a_day_is_due_the_day_before_and_at_latest_on_it(day, form):
    written = form.format(d=day.day, m=day.month, y=day.year)

    assert due(f"trước ngày {written}") == ("before", day - timedelta(days=1))
    assert due(f"chậm nhất ngày {written}") == ("at-latest", day)
    assert due(f"chậm nhất trước ngày {written}") == ("before", day - timedelta(days=1))
    assert due(f"trước 16 giờ ngày {written}") == ("before-time", day)


@given(DAYS, st.integers(1, 90))
def test_n_days_from_a_day_do_not_count_the_first(day, n):
    assert due(f"trong {n} ngày kể từ ngày {day:%d/%m/%Y}") == ("relative", day + timedelta(days=n))
    working = due(f"trong {n} ngày làm việc kể từ ngày {day:%d/%m/%Y}", calendar=Calendar("VN"))
    assert working == ("relative", Calendar("VN").add_working_days(day, n))


@given(st.text(alphabet='trước ngày chậm nhất 0123456789/.-,;:()quýthángnămIVX"\n', max_size=300))
def test_any_text_can_be_searched_and_every_span_is_its_wording(text):
    for found in find_deadlines(text, anchor=MEETING):
        assert 0 <= found.span[0] < found.span[1] <= len(text)
        assert found.deadline.due is None or found.deadline.due >= date(2019, 1, 1)


RULES = st.one_of(
    st.builds(Recurrence, every=st.just("week"), day=st.integers(1, 7)),
    st.builds(Recurrence, every=st.just("month"), day=st.integers(1, 31)),
    st.builds(Recurrence, every=st.just("quarter"), month=st.none() | st.integers(1, 3), day=st.integers(1, 31)),
    st.builds(Recurrence, every=st.just("half-year"), month=st.none() | st.integers(1, 6), day=st.integers(1, 31)),
    st.builds(Recurrence, every=st.just("year"), month=st.none() | st.integers(1, 12), day=st.integers(1, 31)),
)


@given(RULES, DAYS)
def test_every_period_has_one_due_day_which_its_name_gives_back(rule, day):
    first = rule.due_on_or_after(day)

    assert first >= day
    assert rule.due_of(rule.period_of(first)) == first
    some = list(rule.dues(day, day + timedelta(days=800)))
    assert some[0] == first
    assert some == sorted(set(some))
    assert len({rule.period_of(each) for each in some}) == len(some)
    assert all(rule.due_on_or_after(each + timedelta(days=1)) == after for each, after in pairwise(some))


def test_periods_are_named_by_the_month_quarter_half_year_and_year_of_their_due_day():
    day = date(2021, 10, 20)

    assert Recurrence(every="month", day=20).period_of(day) == "2021-10"
    assert Recurrence(every="quarter", month=1, day=20).period_of(day) == "2021-Q4"
    assert Recurrence(every="half-year", month=4, day=20).period_of(day) == "2021-H2"
    assert Recurrence(every="year", month=10, day=20).period_of(day) == "2021"
    assert Recurrence(every="week", day=3).period_of(day) == "2021-10-20"


@pytest.mark.parametrize("period", ["", "2021-13", "2021-Q5", "2021-H0", "0000", "2021-10-21", "today", "2021-Q1\n"])
def test_a_period_that_a_rule_does_not_have_is_none(period):
    for rule in (
        Recurrence(every="quarter", day=20),
        Recurrence(every="week", day=3),
        Recurrence(every="month", day=1),
    ):
        assert rule.due_of(period) is None


def test_recurrences_end_with_the_calendar():
    assert Recurrence(every="year", month=1, day=1).due_on_or_after(date(9999, 6, 1)) == date.max
    assert list(Recurrence(every="week", day=1).dues(date(9999, 12, 30), date.max)) == []


@pytest.mark.parametrize("fields", [{"every": "week", "day": 8}, {"every": "quarter", "month": 4, "day": 1}])
def test_a_recurrence_that_no_period_has_is_refused(fields):
    with pytest.raises(ValueError, match=r"week|quarter"):
        Recurrence(**fields)


@pytest.mark.parametrize(
    "piece",
    ["trước ngày ", "1", "- ", '"', "trước ngày 1", "1/", "trong 5 ngày kể từ ", "hàng tháng ", "chậm nhất ",
     "tại kỳ họp a ",
     "trong thời hạn ", "báo cáo định kỳ ", "từ ngày 1 đến ", " ", "\u0301", "(", "quý i"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_adversarial_text_are_searched_in_two_seconds(piece):
    begun = time.process_time()

    find_deadlines(piece * (100_000 // len(piece)), anchor=MEETING)

    assert time.process_time() - begun < 2
