"""Every attack in the table of docs/explanation/what-a-proof-shows.md, carried out on a real register in SQLite."""

# ruff: noqa: S608 - the names in these statements are those of this file
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from directives_adapters import open_register
from directives_core.keeping.check import check_store
from directives_core.proof.anchors import note_text
from directives_core.proof.notes import Note, new_signer, sign
from directives_core.proof.records import leaf_of
from directives_core.proof.tree import Frontier
from directives_core.store import Record
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.register.given import CAN_KHE, NOI_VU, OFFICE, START, assign

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-a-proof-shows.md"
ROW = re.compile(r"^\| (.+?) \| (found|not found) \| (found|not found) \| (found|not found) \|$", re.MULTILINE)
TABLE = {attack: tuple(each == "found" for each in said) for attack, *said in ROW.findall(PAGE.read_text("utf-8"))}

COLUMNS = "position, stream, version, recorded_at, effective_on, type, data"


class Office:
    """A register with two closed meetings and a few events after them, its key, and a note kept elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "office.db"
        self.clock = Clock(START)
        with new_register(f"sqlite:///{self.path}", self.clock) as register:
            self.signer = new_signer(register.origin)
            register.sign_with(self.signer)
            self.first, self.second = assign(register), assign(register, NOI_VU)
            self.clock.set("2021-09-23T09:00+07:00")
            self.reported = register.report(self.first, "Đang rà soát hộ nghèo", by=OFFICE, unit=CAN_KHE).positions[0]
            self.clock.set("2021-09-24T09:00+07:00")
            register.report(self.second, "Đang rà soát", by=OFFICE, unit=NOI_VU)
            register.close_meeting("GB-2021-09", by=OFFICE)
            self.clock.set("2021-10-04T09:00+07:00")
            register.note(self.first, "Chậm tiến độ", by=OFFICE)
            register.close_meeting("GB-2021-10", by=OFFICE)
            self.last = register.checkpoints()[-1]
            register.note(self.first, "Đã nhắc", by=OFFICE)
            self.end = register.note(self.second, "Đã nhắc", by=OFFICE).positions[0]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


def tampered(path, attack, office):
    """Carry out an attack with direct access to the tables; the triggers in its way are put back afterwards."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        attack(connection, office)
        for _, sql in triggers:
            connection.execute(sql)


def change(connection, position, old, new):
    """Put other words into an event, and into the timeline that was made of it."""
    (data,) = connection.execute("SELECT data FROM events WHERE position = ?", (position,)).fetchone()
    assert old.encode() in data
    data = data.replace(old.encode(), new.encode())
    connection.execute("UPDATE events SET data = ? WHERE position = ?", (data, position))
    for table in ("timeline", "current"):
        connection.execute(f"UPDATE {table} SET state = replace(state, ?, ?) WHERE position >= ?", (old, new, position))


def resigned(connection, office, signer):
    """New checkpoints in the place of the old ones, over the log as it is now."""
    sizes = [size for (size,) in connection.execute("SELECT size FROM checkpoints ORDER BY size")]
    connection.execute("DELETE FROM checkpoints")
    records = [Record(*row) for row in connection.execute(f"SELECT {COLUMNS} FROM events ORDER BY position")]
    for size in sizes:
        frontier = Frontier()
        frontier.extend(map(leaf_of, records[:size]))
        note = str(sign(Note(note_text(office.last.origin, size, frontier.root, 1)), signer))
        connection.execute(
            "INSERT INTO checkpoints(size, root, rules, note, frontier, taken_at) VALUES (?, ?, 1, ?, ?, 0)",
            (size, frontier.root, note, frontier.packed),
        )


def edit(connection, office):
    change(connection, office.reported, "hộ nghèo", "hộ khá")


def delete(connection, office):
    connection.execute("DELETE FROM events WHERE position = ?", (office.reported,))


def insert(connection, office):
    for position in range(office.end, office.reported, -1):
        connection.execute("UPDATE events SET position = position + 1 WHERE position = ?", (position,))
    connection.execute("UPDATE events SET version = version + 10 WHERE stream = 'directive:1' AND version > 2")
    connection.execute(
        "INSERT INTO events(position, stream, version, recorded_at, effective_on, type, data) "
        "SELECT position + 1, stream, version + 1, recorded_at, effective_on, type, data FROM events "
        "WHERE position = ?",
        (office.reported,),
    )  # fmt: skip
    connection.execute("UPDATE events SET version = version - 9 WHERE stream = 'directive:1' AND version > 10")


def reorder(connection, office):
    for old, new in ((office.reported, -1), (office.reported + 1, office.reported), (-1, office.reported + 1)):
        connection.execute("UPDATE events SET position = ? WHERE position = ?", (new, old))


def truncate(connection, office):
    connection.execute("DELETE FROM events WHERE position > ?", (office.last.size - 2,))


def truncate_after(connection, office):
    connection.execute("DELETE FROM events WHERE position > ?", (office.last.size,))


def recorded_otherwise(connection, office):
    connection.execute("UPDATE events SET recorded_at = recorded_at - 1 WHERE position = ?", (office.reported,))


def happened_otherwise(connection, office):
    connection.execute("UPDATE events SET effective_on = effective_on - 1 WHERE position = ?", (office.reported,))


def moved(connection, office):
    connection.execute(
        "UPDATE events SET stream = 'directive:2', version = 9 WHERE position = ?", (office.reported,)
    )


def timeline(connection, office):
    connection.execute("UPDATE timeline SET due_on = due_on + 30 WHERE directive = 1 AND share = 1")


def checkpoint(connection, office):
    connection.execute("UPDATE checkpoints SET root = zeroblob(32) WHERE size = ?", (office.last.size,))


def rewritten_without_the_key(connection, office):
    edit(connection, office)
    resigned(connection, office, new_signer(office.last.origin))


def rewritten_without_checkpoints(connection, office):
    edit(connection, office)
    connection.execute("DELETE FROM checkpoints")


def rewritten_by_the_owner(connection, office):
    edit(connection, office)
    resigned(connection, office, office.signer)


def rewritten_at_the_end(connection, office):
    change(connection, office.end, "Đã nhắc", "Đã gặp!")


def through_the_door(office, path, entry):
    with open_register(f"sqlite:///{path}", clock=Clock("2021-10-05T08:00+07:00")) as register:
        register.sign_with(office.signer)
        entry(register)


ATTACKS = {
    "a word in an event is changed, and in the timeline with it": edit,
    "an event is deleted from the middle": delete,
    "an event is put between two others": insert,
    "two events change places": reorder,
    "the last events, of which a meeting knew, are cut off": truncate,
    "the instant at which an event was recorded is changed": recorded_otherwise,
    "the day on which an event happened is changed": happened_otherwise,
    "an event is moved to another directive": moved,
    "a row of the timeline is rewritten": timeline,
    "the root of a kept checkpoint is changed": checkpoint,
    "the log is rewritten, and the checkpoints with it, without the key": rewritten_without_the_key,
    "the log is rewritten, and the checkpoints are thrown away": rewritten_without_checkpoints,
    "the owner rewrites the log and signs new checkpoints": rewritten_by_the_owner,
    "two auditors are shown two histories, each with notes of its own": rewritten_by_the_owner,
    "an event after the last checkpoint is rewritten": rewritten_at_the_end,
    "the events after the last checkpoint are cut off": truncate_after,
    "something false is entered": lambda register: register.note(1, "Chủ tịch đã đồng ý", by=OFFICE),
    "something is never entered": lambda register: register.checkpoint(),
}
AT_THE_DOOR = {"something false is entered", "something is never entered"}


def test_the_table_of_the_page_is_that_of_the_attacks_that_are_carried_out():
    assert list(TABLE) == list(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found_or_not_found_exactly_as_the_table_says(attack, office, tmp_path):
    path = tmp_path / "office.db"
    shutil.copy(office.path, path)
    if attack in AT_THE_DOOR:
        through_the_door(office, path, ATTACKS[attack])
    else:
        tampered(path, ATTACKS[attack], office)

    with open_register(f"sqlite:///{path}", clock=office.clock) as register:
        keys = [office.signer.verifier]
        alone = register.verify(keys=keys)
        with_note = register.verify(against=office.last.note, keys=keys)
        with_minutes = register.verify(against=office.last.minutes)
        checked = check_store(register._store)

    assert (not alone.ok, not with_note.ok, not checked.ok) == TABLE[attack], (alone.problems, checked.problems)
    assert all(each.ok for each in with_minutes.against) == all(each.ok for each in with_note.against)


def test_the_positions_in_doubt_are_those_between_the_last_root_that_agrees_and_the_first_that_does_not(
    office, tmp_path
):
    path = tmp_path / "office.db"
    shutil.copy(office.path, path)
    tampered(path, lambda connection, _: change(connection, office.last.size - 2, "Chậm", "Kịp_"), office)

    with open_register(f"sqlite:///{path}") as register:
        found = register.verify(keys=[office.signer.verifier])
        first, last = register.checkpoints()

    assert [each.ok for each in found.checkpoints] == [True, False]
    assert found.in_doubt == (first.size + 1, last.size)
    assert found.proved[0].startswith(f"events 1 to {first.size} are")


def test_triggers_are_in_the_way_of_every_change_of_a_checkpoint(office, tmp_path):
    path = tmp_path / "office.db"
    shutil.copy(office.path, path)
    changes = [
        "UPDATE checkpoints SET root = zeroblob(32)", "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints SELECT * FROM checkpoints",
    ]  # fmt: skip

    with closing(sqlite3.connect(path)) as connection:
        for each in changes:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(each)


def test_two_auditors_who_compare_their_notes_find_two_histories(office, tmp_path):
    path = tmp_path / "office.db"
    shutil.copy(office.path, path)
    tampered(path, rewritten_by_the_owner, office)

    with open_register(f"sqlite:///{path}") as register:
        other = register.checkpoints()[-1]
        assert register.verify(against=other.note, keys=[office.signer.verifier]).ok
    with open_register(f"sqlite:///{office.path}") as register:
        assert register.verify(against=office.last.note, keys=[office.signer.verifier]).ok
        assert not register.verify(against=other.note, keys=[office.signer.verifier]).ok
