"""Every command once, typed as an office would."""

import json

import pytest

from tests.cli.desk import Desk


def test_a_register_is_made_in_this_folder_and_found_from_below_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.types("init --title Sổ --zone Asia/Ho_Chi_Minh --calendar VN")
    below = desk.folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)

    assert made.out == "directives.db\n"
    assert "actor add" in made.err
    assert desk.types("list").out == ""


def test_the_store_is_named_by_option_by_environment_and_by_path(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.types("init --title Một --zone UTC --store sqlite:///one.db")
    monkeypatch.setenv("DIRECTIVES_STORE", "two #.db")
    desk.types("init --title Hai --zone UTC")
    desk.types("actor add hoa --name Hoa --unit 'Văn phòng' --role office")

    assert (desk.folder / "two #.db").exists()
    assert [each["id"] for each in desk.types("actor list --json").json["actors"]] == ["hoa"]
    assert desk.types("actor list --json --store sqlite:///one.db").json["actors"] == []


def test_the_first_actor_needs_nobody_and_every_later_one_somebody(desk: Desk) -> None:
    desk.types("init --title Sổ --zone Asia/Ho_Chi_Minh")
    desk.types("actor add hoa --name 'Lê Thị Hoa' --unit 'Văn phòng' --role office")

    refused = desk.types("actor add lan --name Lan --unit 'Văn phòng' --role office", code=2)

    assert refused.err == "error: who acts? give --by ID, or set DIRECTIVES_ACTOR\n"
    desk.types("actor add lan --name Lan --unit 'Văn phòng' --role office --by hoa")


def test_actors_are_changed_ended_and_listed(office: Desk) -> None:
    office.types("actor change thao --name 'Lò Thị Thảo' --role unit --role auditor --unit 'xuan du'")
    office.types("actor end dung")

    listed = office.types("actor list")

    assert "thao  Lò Thị Thảo" in listed.out
    assert "UBND xã Xuân Du" in listed.out
    assert "2021-09-22" in listed.out


def test_units_are_renamed_succeeded_ended_and_listed(office: Desk) -> None:
    office.types("unit rename 'xuan du' 'UBND xã Xuân Du Mới' --short XDM --code 000.00.19.H56")
    office.types("unit add 'UBND xã Mới'")
    office.types("unit succeed 'can khe' --to 'xa moi' --decision '12/NQ-HĐND'")
    office.types("unit end 'xuân du'")

    assert [each["id"] for each in office.types("unit list --json").json["units"]] == ["u2", "u5", "u1"]
    assert "u5  UBND xã Mới" in office.types("unit list").out
    assert len(office.types("unit list --as-of 2021-09-21 --known-at now --json").json["units"]) == 5


def test_a_class_that_is_defined_is_assigned_share_by_share(office: Desk) -> None:
    office.types("class define 'UBND các xã' --member 'can khe' --member 'xuan du'")
    number = office.types("assign 'Báo cáo' --to 'UBND các xã' --due none --json").json["numbers"][0]

    (shown,) = office.types(f"show {number} --json").json["directives"]

    assert [share["unit"]["name"] for share in shown["shares"]] == ["UBND xã Cán Khê", "UBND xã Xuân Du"]
    assert office.types("class list").out == "UBND các xã: UBND xã Cán Khê, UBND xã Xuân Du\n"
    assert office.types("class list --json").json["classes"][0]["name"] == "UBND các xã"


def test_settings_are_set_and_listed(office: Desk) -> None:
    office.types("setting set due-soon-days=7 extension_limit=1 holidays=2021-09-30,2021-10-01 roll=true")
    office.types("setting set extension-limit=none before_is=same-day")

    settings = office.types("setting list --json").json["settings"]

    assert (settings["due_soon_days"], settings["roll"], settings["extension_limit"]) == (7, True, None)
    assert "holidays=2021-09-30,2021-10-01\n" in office.types("setting list").out
    assert "due_soon_days" in office.types("setting set nonsense=1", code=2).err
    office.types("setting set nonsense", code=2)


def test_a_directive_lives_through_every_write_on_it(assigned: Desk) -> None:
    assigned.types("acknowledge D-1 --by thao")
    assigned.types("report 1 'Đã họp dân' --percent 40 --quantity '3 thôn' --document 12/BC --by thao")
    assigned.types("note 1 'Đã gọi điện'")
    assigned.types("explain 1 'Chờ ý kiến sở' --by thao")
    assigned.types("label 1 field=land 'deputy=Bà Mai'")
    assigned.types("label 1 deputy=")
    assigned.types("remind 1")
    assigned.types("request-extension 1 --to 2021-10-09 --reason 'Chưa xong' --by thao")
    assigned.types("refuse-extension 1 --reason 'Không cần' --by dung")
    assigned.types("extend 1 --to 2021-10-09 --reason 'Mưa lũ' --source 61/UBND-NV")
    assigned.types("set-deadline 1 --due 2021-10-05 --reason 'Sớm hơn' --by dung")
    assigned.types("suspend 1 --reason 'Dịch bệnh' --by dung")
    assigned.types("resume 1 --reason 'Hết giãn cách' --by dung")
    assigned.types("report 1 'Đã nộp' --result --by thao")
    assigned.types("return 1 --reason 'Thiếu biên bản'")
    assigned.types("report 1 'Đã bổ sung' --result --by thao")
    assigned.types("complete 1")
    assigned.types("reopen 1 --reason 'Sai số liệu' --by dung")
    assigned.types("amend 1 --text 'Nộp hồ sơ sáp nhập thôn Trung' --via 'Văn phòng' --reason 'Gõ thiếu'")
    assigned.types("link 1 continues 2")

    (shown,) = assigned.types("show 1 --json").json["directives"]

    assert (shown["version"], shown["status"]) == (21, "in-progress")
    assert (shown["due_on"], shown["extensions"]) == ("2021-10-05", 1)
    assert shown["labels"] == {"field": "land"}
    assert shown["text"] == "Nộp hồ sơ sáp nhập thôn Trung"
    portrait = assigned.types("show 1").out
    for words in ("field=land", "continues", "D-2", "through Văn phòng", "Chờ ý kiến sở", "reminders"):
        assert words in portrait


def test_a_duty_is_declined_handed_over_withdrawn_or_superseded(assigned: Desk) -> None:
    assigned.types("decline 1 --reason 'Không đúng việc' --proposes 'Xuân Du' --by thao")
    assigned.types("hand-over 1 --to 'xuan du' --rests-on '7/QĐ-UBND' --reason 'Theo quyết định'")
    assigned.types("supersede 1 --successor 2 --reason 'Gộp việc' --by dung")
    assigned.types("withdraw 2 --all-units --reason 'Không còn cần' --by dung")

    shown = assigned.types("show 1,2 --json").json["directives"]

    assert [directive["status"] for directive in shown] == ["superseded", "withdrawn"]
    assert [share["status"] for share in shown[0]["shares"]] == ["handed-over", "superseded"]


def test_a_class_without_members_is_addressed_and_allocated_later(office: Desk) -> None:
    office.types("assign 'Báo cáo' --addressed 'UBND các xã' --due 'trước ngày 30/9/2021' --with 'Văn phòng'")
    office.types("allocate 1 --to 'can khe' --to 'xuan du' --rests-on 'Danh sách'")

    (shown,) = office.types("show 1 --json").json["directives"]

    assert shown["due_on"] == "2021-09-29"
    assert [share["status"] for share in shown["shares"]] == ["handed-over", "assigned", "assigned"]
    assert "UBND xã Xuân Du" in office.types("show D-1").out


def test_events_are_retracted_with_their_reason_also_those_of_the_office_and_of_meetings(assigned: Desk) -> None:
    assigned.types("note 1 'Nhầm'")
    assigned.types("retract 1 2 --reason 'Gõ nhầm việc'")
    assigned.types("meeting close GB-2021-09")
    assigned.types("retract meeting:GB-2021-09 2 --reason 'Chưa họp xong'")
    assigned.types("unit add 'Phòng Thừa'")
    version = json.loads(assigned.types("log --type unit.registered --json").out)["events"][-1]["version"]
    assigned.types(f"retract office {version} --reason 'Không có phòng này'")

    assert "void, by event 3" in assigned.types("history 1").out
    assert assigned.types("meeting list --json").json["meetings"][0]["closed_position"] is None
    assert "Phòng Thừa" not in assigned.types("unit list").out


def test_meetings_are_opened_closed_and_listed(office: Desk) -> None:
    office.types("meeting open GB-2021-10 --on 2021-10-29 --title 'Giao ban tháng 10'")
    office.types("meeting close GB-2021-09 --on 2021-09-22")

    listed = office.types("meeting list").out

    assert "GB-2021-10  2021-10-29" in listed
    assert "2021-09-22 08:00" in listed


def test_a_list_is_filtered_and_paged(assigned: Desk) -> None:
    assigned.types("label 1 field=land")

    def numbers(filters: str) -> list[int]:
        return [each["number"] for each in assigned.types(f"list {filters} --json").json["directives"]]

    assert numbers("--unit 'xuan du'") == [2]
    assert numbers("--find 'ho ngheo'") == [2]
    assert numbers("--label field=land") == [1]
    assert numbers("--timeliness in-time") == [1]
    assert numbers("--status assigned --after 1 --limit 5") == [2]
    assert numbers("--notice 1/TB") == []
    assert assigned.types("list --notice 1/TB").err.endswith("no directive fits\n")


def test_a_log_says_who_entered_what_late(assigned: Desk) -> None:
    assigned.now("2021-09-30T08:00+07:00")
    assigned.types("report 1 'Đã họp' --effective-on 2021-09-24 --entered-by lan")

    late = assigned.types("log --late 3")

    assert late.out.splitlines()[0].endswith("2021-09-24 D-1: reported (recorded 2021-09-30 08:00, 6 days late)")
    assert "entered by lan" in late.out
    assert assigned.types("log --actor dung").out == ""
    assert len(assigned.types("log --type assigned --to 2021-09-22 --limit 1 --json").json["events"]) == 1
    assert assigned.types("log --from 2021-09-25 --as-of 2021-09-23 --known-at now --json").json["events"] == []


def test_why_a_field_has_its_value_is_one_sentence(assigned: Desk) -> None:
    assigned.types("extend 1 --to 2021-10-09 --reason 'Mưa lũ' --by dung")

    assert "due_on is 2021-10-09" in assigned.types("why 1 due-on").out
    assert "Đinh Văn Dũng (chair, UBND huyện)" in assigned.types("why 1/1 due_on").out
    assert assigned.types("why 1 --json").json["field"] == "status"
    assert len(assigned.types("why 1,2 --json").json["answers"]) == 2


def test_figures_count_directives_or_shares(assigned: Desk) -> None:
    assert "all             2     0" in assigned.types("stats").out
    assert "UBND xã Cán Khê      2" in assigned.types("stats --by unit").out


def test_the_same_command_sent_twice_happens_once(assigned: Desk) -> None:
    first = assigned.types("note 1 'Một' --command-id abc --json").json
    again = assigned.types("note 1 'Một' --command-id abc --json").json

    assert first == again
    assert "another request" in assigned.types("note 1 'Hai' --command-id abc", code=1).err


def test_a_recurring_duty_is_reported_and_completed_period_by_period(office: Desk) -> None:
    office.types("assign 'Báo cáo giải ngân' --to 'can khe' --due 'trước ngày 25 hàng tháng'")
    office.now("2021-10-26T08:00+07:00")
    office.types("report 1/1@2021-09 'Đã báo cáo' --result --effective-on 2021-09-24")
    office.types("report 1 'Đã báo cáo' --result --period 2021-10")
    office.types("complete 1 --period 2021-09")

    shown = office.types("show 1").out.splitlines()

    (september,) = [line for line in shown if "@2021-09" in line]
    (october,) = [line for line in shown if "@2021-10" in line]
    assert september.split() == ["@2021-09", "completed", "✓", "completed-on-time", "2021-09-24", "2021-09-24"]
    assert october.split() == ["@2021-10", "awaiting-acceptance", "✗", "overdue", "2021-10-24"]


def test_several_directives_are_shown_and_told_one_after_the_other(assigned: Desk) -> None:
    shown = assigned.types("show 1,2").out
    told = assigned.types("history 1,2").out

    assert [line[:3] for line in shown.splitlines() if line.startswith("D-") and "/" not in line] == ["D-1", "D-2"]
    assert [line for line in told.splitlines() if line.startswith("D-")] == ["D-1", "D-2"]


def test_a_new_register_says_its_identity_as_json(desk: Desk) -> None:
    made = desk.types("init --title Sổ --zone UTC --json").json

    assert (made["title"], made["zone"], len(made["register_id"])) == ("Sổ", "UTC", 32)


def test_the_duties_of_a_unit_that_has_ended_are_still_listed_under_it(assigned: Desk) -> None:
    assigned.types("unit end 'can khe'")

    listed = assigned.types("list --unit 'UBND xã Cán Khê' --json").json["directives"]

    assert [each["number"] for each in listed] == [1, 2]


def test_numbers_and_days_at_the_ends_of_what_there_is_are_taken_or_refused(assigned: Desk) -> None:
    most = 10**20

    assert len(assigned.types(f"list --limit {most} --json").json["directives"]) == 2
    assert assigned.types("stats --from 0001-01-01 --json").json["total"]
    assert f"{most} are spoken of" in assigned.types(f"verify --size {most}", code=4).err
