"""A register opened for its reads alone: the same answers, and nothing to write with."""

import pytest

from directives_adapters import open_register, read_register
from directives_core.errors import NotARegister, RegisterMissing, StoreClosed
from tests.register.given import OFFICE, assign


def test_the_answers_are_those_of_the_whole_register(sqlite_register, url, clock):
    number = assign(sqlite_register)
    sqlite_register.report(number, "Đang làm", by=OFFICE)

    with read_register(url, clock=clock) as reads:
        assert list(reads.as_of()) == list(sqlite_register.as_of())
        assert reads.history(number) == sqlite_register.history(number)
        assert reads.agenda() == sqlite_register.agenda()
        assert (reads.register_id, reads.title) == (sqlite_register.register_id, sqlite_register.title)


def test_what_is_written_meanwhile_is_seen(sqlite_register, url, clock):
    with read_register(url, clock=clock) as reads:
        assert len(list(reads.as_of())) == 0
        assign(sqlite_register)
        assert len(list(reads.as_of())) == 1


def test_there_is_nothing_to_write_with(sqlite_register, url):
    writes = {"assign", "report", "batch", "undo", "close_meeting", "checkpoint", "change_settings", "record_notice"}

    with read_register(url) as reads:
        assert {name for name in writes if hasattr(reads, name)} == set()
        assert all(hasattr(sqlite_register, name) for name in writes)


def test_it_is_refused_where_there_is_no_register_and_closed_when_it_is_left(tmp_path, sqlite_register, url):
    with pytest.raises(RegisterMissing):
        read_register(f"sqlite:///{tmp_path / 'none.db'}")
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(NotARegister):
        read_register(f"sqlite:///{tmp_path / 'other.db'}")

    with read_register(url) as reads:
        pass
    with pytest.raises(StoreClosed):
        reads.as_of()
    with open_register(url) as register:
        assert register.as_of()
