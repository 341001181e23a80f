"""What a store promises about transactions: whole or not at all, one writer at a time, readers undisturbed."""
# ruff: noqa: D102, PT012 - the name of a clause is its sentence; a refusal ends the transaction it happens in

import threading
from time import monotonic

import pytest

from directives_core.errors import Busy, CommandReused, NameTaken, StoreClosed
from directives_core.store import Head, ReadTransaction, Store
from directives_core.testing.samples import Hooks, check_whole, command, everything, next_record, row, write_one

__all__ = ["TransactionClauses"]

THREADS = 6
WRITES = 15


class Abandon(Exception):
    """Leaves a transaction."""


class TransactionClauses(Hooks):
    """Clauses about reading and writing at the same time, and about what is kept beside the log."""

    def test_nothing_of_an_abandoned_transaction_is_kept(self, store: Store) -> None:
        with store.write() as transaction:
            everything(transaction, "a")
        before = _seen(store)

        with pytest.raises(Abandon), store.write() as transaction:
            everything(transaction, "b")
            transaction.add_rows([row(1, 0, 18_899, 2), row(1, 0, 18_901, 2)])
            transaction.destroy_key("subject-a")
            raise Abandon

        assert _seen(store) == before
        with store.write() as transaction:
            everything(transaction, "b")

    def test_a_refused_step_leaves_nothing_of_its_transaction(self, store: Store) -> None:
        with store.write() as transaction:
            everything(transaction, "a")
        before = _seen(store)

        with pytest.raises(CommandReused), store.write() as transaction:
            everything(transaction, "b")
            transaction.add_command(command("command-a"))

        assert _seen(store) == before

    def test_a_writer_sees_what_it_wrote(self, store: Store) -> None:
        with store.write() as transaction:
            everything(transaction, "a")

            assert _of(transaction) == {
                "head": Head(1, 1_000_000, 1), "positions": [1], "stream-a": [1], "stream-b": [],
                "versions": {"stream-a": 1}, "rows": [row(1, 0, 18_900, 1)], "timeline": [row(1, 0, 18_900, 1)],
                "command-a": command("command-a"), "command-b": None, "keys": {"subject-a": b"a" * 32}, "count": 1,
                "at": 1,
            }  # fmt: skip

    def test_a_reader_sees_one_committed_state_while_others_write(self, store: Store) -> None:
        with store.write() as transaction:
            everything(transaction, "a")
        before = _seen(store)

        with store.read() as first, store.read() as unused:
            assert _of(first) == before
            with store.write() as transaction:
                everything(transaction, "b")
                transaction.add_rows([row(1, 0, 18_900, 2)])
                assert _of(first) == before, "a reader sees what was not committed"
                assert _seen(store) == before, "a new reader sees what was not committed"
            assert _of(first) == before, "a reader's state changed under it"
            assert _of(unused) == before, "a reader sees the state of its first question, not of its beginning"

        assert _seen(store)["positions"] == [1, 2]
        assert _seen(store)["keys"] == {"subject-a": b"a" * 32, "subject-b": b"b" * 32}

    def test_whoever_waits_too_long_for_the_lock_is_refused(self, store: Store) -> None:
        waited: list[float] = []

        def wait() -> None:
            began = monotonic()
            with pytest.raises(Busy), store.write():
                pass
            waited.append(monotonic() - began)

        with store.write() as transaction:
            everything(transaction, "a")
            other = threading.Thread(target=wait)
            other.start()
            other.join(self.wait_seconds + 20)

        assert len(waited) == 1, "a second writer was let in, or is still waiting"
        assert waited[0] >= self.wait_seconds * 0.9, "it was refused without having waited"
        with store.write() as transaction:
            everything(transaction, "b")

    def test_threads_that_write_together_lose_nothing(self, store: Store) -> None:
        failed: list[BaseException] = []

        def work(name: str) -> None:
            try:
                for n in range(WRITES):
                    write_one(store, f"{name}-{n}", name)
            except BaseException as error:  # noqa: BLE001 - shown below
                failed.append(error)

        threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert failed == []
        assert sorted(check_whole(store)) == sorted(f"t{t}-{n}" for t in range(THREADS) for n in range(WRITES))

    def test_a_command_is_carried_out_once(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.append([next_record(transaction)])
            transaction.add_command(command("once", 1, 1))
            transaction.add_command(command("nothing written", 2, 1))

        for other in (command("once", 1, 1), command("once", 2, 2)):
            with pytest.raises(CommandReused), store.write() as transaction:
                transaction.append([next_record(transaction)])
                transaction.add_command(other)

        with store.read() as transaction:
            assert transaction.head().position == 1
            assert transaction.command("once") == command("once", 1, 1)
            assert transaction.command("nothing written") == command("nothing written", 2, 1)
            assert transaction.command("Once") is None

    def test_the_last_number_is_noted(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.set_number(7)
            assert transaction.head().directive == 7

        with store.read() as transaction:
            assert transaction.head() == Head(0, 0, 7)

    def test_a_key_is_kept_until_it_is_destroyed(self, store: Store) -> None:
        with store.write() as transaction:
            for name in ("hoa", "dung", "đức"):
                transaction.add_key(name, name.encode() + bytes(range(250)))
        with pytest.raises(NameTaken), store.write() as transaction:
            transaction.add_key("hoa", b"another")

        with store.write() as transaction:
            transaction.destroy_key("hoa")
            transaction.destroy_key("nobody")
            assert set(transaction.keys(["hoa", "dung"])) == {"dung"}

        with store.read() as transaction:
            found = transaction.keys(["đức", "hoa", "dung", "nobody"])
            assert found == {name: name.encode() + bytes(range(250)) for name in ("đức", "dung")}
            assert transaction.keys([]) == {}

    def test_a_transaction_ends_with_its_with(self, store: Store) -> None:
        with store.write() as writing:
            everything(writing, "a")
        with store.read() as reading:
            left_over = reading.records()

        with pytest.raises(StoreClosed):
            writing.append([])
            writing.head()
        with pytest.raises(StoreClosed):
            reading.head()
        with pytest.raises(StoreClosed):
            reading.stream("stream-a")
        with pytest.raises(StoreClosed):
            next(left_over)

    def test_a_closed_store_refuses_later_use(self, store: Store) -> None:
        assert store.where

        store.close()
        store.close()

        with pytest.raises(StoreClosed), store.read():
            pass
        with pytest.raises(StoreClosed), store.write():
            pass


def _seen(store: Store) -> dict[str, object]:
    with store.read() as transaction:
        return _of(transaction)


def _of(transaction: ReadTransaction) -> dict[str, object]:
    """All that can be asked, after `everything`."""
    return {
        "head": transaction.head(),
        "positions": [record.position for record in transaction.records()],
        "stream-a": [record.version for record in transaction.stream("stream-a")],
        "stream-b": [record.version for record in transaction.stream("stream-b")],
        "versions": transaction.versions(["stream-a", "stream-b"], to_position=9),
        "rows": list(transaction.rows_at(effective_to=20_000, to_position=9)),
        "timeline": list(transaction.timeline(1)),
        "command-a": transaction.command("command-a"),
        "command-b": transaction.command("command-b"),
        "keys": transaction.keys(["subject-a", "subject-b"]),
        "count": transaction.count_records(after=0, effective_to=20_000),
        "at": transaction.position_at(2**62),
    }
