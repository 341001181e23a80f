"""What a store promises about checkpoints: kept as they are, beside one another, in order of size."""
# ruff: noqa: D102, PT012 - the name of a clause is its sentence; leaving ends the transaction it happens in

import pytest

from directives_core.store import Checkpoint, Store
from directives_core.testing.samples import Hooks

__all__ = ["CheckpointClauses"]


def _checkpoint(size: int, note: str | None = None) -> Checkpoint:
    return Checkpoint(size, bytes([size]) * 32, 1, note, bytes(range(32)) * size, 2**53 + size)


class _Abandoned(Exception):
    pass


class CheckpointClauses(Hooks):
    """Clauses about checkpoints."""

    def test_a_new_register_has_no_checkpoint(self, store: Store) -> None:
        with store.read() as transaction:
            assert list(transaction.checkpoints()) == []
            assert transaction.last_checkpoint(2**40) is None

    def test_checkpoints_come_back_as_they_were_kept_in_order_of_size(self, store: Store) -> None:
        first, second, third = _checkpoint(3), _checkpoint(7, "ghi chú\n\n— a b\n"), _checkpoint(9)
        for each in (first, third, second):
            with store.write() as transaction:
                transaction.add_checkpoint(each)

        with store.read() as transaction:
            assert list(transaction.checkpoints()) == [first, second, third]
            assert type(transaction.checkpoints()[1].root) is bytes
            assert transaction.last_checkpoint(2) is None
            assert transaction.last_checkpoint(3) == first
            assert transaction.last_checkpoint(8) == second
            assert transaction.last_checkpoint(2**40) == third

    def test_of_several_checkpoints_of_one_size_the_one_kept_last_is_the_last(self, store: Store) -> None:
        unsigned, signed = _checkpoint(3), _checkpoint(3, "signed")
        with store.write() as transaction:
            transaction.add_checkpoint(_checkpoint(5))
            transaction.add_checkpoint(unsigned)
            transaction.add_checkpoint(signed)
            assert transaction.last_checkpoint(4) == signed

        with store.read() as transaction:
            assert list(transaction.checkpoints()) == [unsigned, signed, _checkpoint(5)]
            assert transaction.last_checkpoint(4) == signed

    def test_a_checkpoint_is_kept_or_abandoned_with_its_transaction(self, store: Store) -> None:
        with pytest.raises(_Abandoned), store.write() as transaction:
            transaction.add_checkpoint(_checkpoint(3))
            raise _Abandoned

        with store.read() as reading:
            with store.write() as transaction:
                transaction.add_checkpoint(_checkpoint(4))
            assert list(reading.checkpoints()) == [], "a reader sees what was kept after it began"
        with store.read() as transaction:
            assert list(transaction.checkpoints()) == [_checkpoint(4)]
