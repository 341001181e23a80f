"""The late paper: what a meeting saw stays as it was, what is known of its day does not."""

from tests.cli.desk import Desk


def test_a_late_paper_changes_what_is_known_now_but_not_what_the_meeting_saw(assigned: Desk) -> None:
    assigned.now("2021-10-01T17:00+07:00")
    assigned.types("meeting close GB-2021-09 --on 2021-10-01")

    assigned.now("2021-10-10T08:00+07:00")
    assigned.types("report 1 'Đã nộp' --result --effective-on 2021-09-28 --unit 'can khe'")

    def status(moment: str) -> str:
        (shown,) = assigned.types(f"show 1 {moment} --json").json["directives"]
        return str(shown["status"])

    assert status("--as-of GB-2021-09") == "assigned"
    assert status("--as-of GB-2021-09 --known-at now") == "awaiting-acceptance"
    assert status("--as-of 2021-09-29") == "assigned"
    assert status("--as-of 2021-09-27 --known-at now") == "assigned"


def test_an_answer_says_its_moment_and_how_to_see_what_came_later(assigned: Desk) -> None:
    assigned.now("2021-10-01T17:00+07:00")
    assigned.types("meeting close GB-2021-09 --on 2021-10-01")
    assigned.now("2021-10-10T08:00+07:00")
    assigned.types("report 1 'Đã nộp' --result --effective-on 2021-09-28 --unit 'can khe'")

    seen = assigned.types("list --as-of GB-2021-09")
    known = assigned.types("list --as-of GB-2021-09 --known-at now --json")

    assert seen.err.startswith("as of 2021-10-01, known at 2021-10-01 17:00:00 Asia/Ho_Chi_Minh (position ")
    assert seen.err.endswith("1 later event bears on this day: see --known-at now\n")
    assert "later event" not in known.err
    assert known.json["moment"]["later_events"] == 0


def test_the_meeting_of_today_is_provisional_and_an_instant_is_taken_with_its_zone(assigned: Desk) -> None:
    moment = assigned.types("list --json").json["moment"]
    before = assigned.types("list --as-of 2021-09-22T00:59Z --json").json["moment"]

    assert moment["provisional"] is True
    assert moment["effective_on"] == "2021-09-22"
    assert before["instant"] == "2021-09-22T07:59:00+07:00"
    assert before["position"] == 0


def test_history_and_why_answer_as_of_a_moment_too(assigned: Desk) -> None:
    position = assigned.positions()
    assigned.now("2021-09-25T08:00+07:00")
    assigned.types("acknowledge 1 --by thao")

    assert len(assigned.types(f"history 1 --as-of {position} --json").json["events"]) == 1
    assert len(assigned.types("history 1 --json").json["events"]) == 2
    assert assigned.types("why 1 status --as-of 2021-09-23 --json").json["value"] == "assigned"


def test_what_a_write_robs_of_its_effect_is_told(assigned: Desk) -> None:
    assigned.now("2021-09-25T08:00+07:00")
    assigned.types("extend 1 --to 2021-10-05 --reason 'Một' --by dung")
    assigned.now("2021-09-26T08:00+07:00")

    told = assigned.types("extend 1 --to 2021-10-09 --reason 'Hai' --effective-on 2021-09-24 --by dung")
    events = assigned.types("history 1 --json").json["events"]

    assert told.out == "D-1\n"
    assert "lost: event 2 of D-1 (directive.extended) is now without effect" in told.err
    assert [event["effect"] for event in events] == [True, False, True]
    assert "without effect" in assigned.types("history 1").out
