"""Every event that was ever stored stays readable: one line for each version of each type, never changed."""

import json
from pathlib import Path

import pytest

from directives_core.codec import codec
from directives_core.store import Record

GOLDEN = Path(__file__).with_name("events.jsonl")
LINES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
NEWEST = {type_.stored_type for type_ in codec._types.values()}


def read(line):
    return codec.decode(Record(1, "x", 1, 0, 0, line["type"], line["data"].encode()))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["type"])
def test_what_was_stored_once_is_read_for_ever(line):
    event = read(line)

    assert event.type.rpartition(".v")[0] == line["type"].rpartition(".v")[0]
    assert json.loads(line["data"])["payload"] or not event.payload.__struct_fields__


@pytest.mark.parametrize("line", [line for line in LINES if line["type"] in NEWEST], ids=lambda line: line["type"])
def test_the_newest_version_is_written_in_the_same_bytes(line):
    assert codec.encode(read(line)).data.decode() == line["data"]


def test_every_type_that_can_be_stored_has_its_line():
    missing = set(codec.stored_types) - {line["type"] for line in LINES}

    assert not missing, f"add a line with the type and the data of one stored event to {GOLDEN.name}: {sorted(missing)}"


def test_every_field_of_every_type_is_filled_somewhere():
    """Or else a renamed field would go unnoticed."""
    filled = {}
    for line in LINES:
        fields = {name for name, value in json.loads(line["data"])["payload"].items() if value not in (None, [], {})}
        filled.setdefault(line["type"], set()).update(fields)

    for payload in codec._types.values():
        may_stay_empty = {"citations"} if payload.type_name == "directive.amended" else set()
        assert set(payload.__struct_fields__) - filled[payload.stored_type] <= may_stay_empty, payload.type_name
