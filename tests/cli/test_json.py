"""The shapes of JSON answers, as they are documented."""

from tests.cli.desk import Desk

MOMENT = {"effective_on", "position", "instant", "zone", "later_events", "provisional"}


def test_a_list_and_a_directive_have_their_documented_keys(assigned: Desk) -> None:
    shown = assigned.types("show 1 --json").json
    (directive,) = shown["directives"]

    assert set(shown["moment"]) == MOMENT
    assert set(directive) >= {
        "number", "version", "text", "kind", "notice", "path", "status", "timeliness", "deadline", "assigned_on",
        "due_on", "original_due_on", "extensions", "completed_on", "last_report", "reminders", "report_to", "via",
        "labels", "notes", "warnings", "shares", "cooperating",
    }  # fmt: skip
    assert set(directive["deadline"]) == {"wording", "rule"}
    assert set(directive["shares"][0]) >= {
        "share", "unit", "role", "status", "timeliness", "due_on", "delivered_on", "parents", "periods",
    }  # fmt: skip
    assert set(directive["shares"][0]["unit"]) == {"id", "name"}
    assert assigned.types("list --json").json["directives"][0] == directive


def test_history_has_its_documented_keys(assigned: Desk) -> None:
    history = assigned.types("history 1 --json").json

    assert history["number"] == 1
    assert set(history["moment"]) == MOMENT
    assert set(history["events"][0]) >= {
        "position", "version", "type", "recorded_at", "effective_on", "actor", "reason", "source", "command_id",
        "payload", "void_by", "effect",
    }  # fmt: skip
    assert history["events"][0]["actor"] == {"id": "hoa", "name": "Lê Thị Hoa", "unit": "Văn phòng", "role": "office"}
    assert [each["number"] for each in assigned.types("history 1,2 --json").json["histories"]] == [1, 2]


def test_figures_have_their_documented_keys(assigned: Desk) -> None:
    columns = {
        "unit", "total", "completed_on_time", "completed_late", "open_in_time", "open_overdue", "completed_no_deadline",
        "open_no_deadline", "suspended", "closed",
    }  # fmt: skip

    all_of_them = assigned.types("stats --json").json
    by_unit = assigned.types("stats --by unit --json").json

    assert all_of_them["counts"] == "directives"
    assert by_unit["counts"] == "shares"
    assert set(by_unit["moment"]) == MOMENT
    assert set(by_unit["rows"][0]) >= columns
    assert set(by_unit["total"]) >= columns
    assert {"name", "value", "numerator", "denominator"} <= set(by_unit["rates"][0])


def test_a_write_tells_numbers_positions_version_and_more(office: Desk) -> None:
    told = office.types("assign x --to 'can khe' --due 2021-10-02 --json").json

    assert set(told) == {"numbers", "positions", "version", "command_id", "without_effect", "warnings"}
    assert (told["numbers"], told["version"]) == ([1], 1)
    assert office.types("unit add 'Phòng Nội vụ' --json").json["name"] == "u5"


def test_a_source_can_be_given_in_full(assigned: Desk) -> None:
    assigned.types("note 1 x --source", '{"number": "18/BC", "date": "2021-09-20", "issuer": "UBND xã"}')

    source = assigned.types("history 1 --json").json["events"][1]["source"]

    assert (source["number"], source["date"], source["issuer"]) == ("18/BC", "2021-09-20", "UBND xã")
    assert "source: 18/BC, 2021-09-20, UBND xã" in assigned.types("history 1").out


def test_changes_have_the_moment_that_they_answer_for_and_both_of_theirs(assigned: Desk) -> None:
    shown = assigned.types("changes 2021-09-01 now --json").json

    assert list(shown) == ["moment", "from", "to", "changes"]
    assert shown["moment"] == shown["to"]
    assert set(shown["from"]) == MOMENT
