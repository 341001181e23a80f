"""The contract fails where it should: a deliberately faulty store for every clause."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from directives_adapters.memory import MemoryStore
from directives_adapters.sqlite import SqliteStore
from directives_core.errors import DirectivesError
from directives_core.store import Store
from directives_core.testing import StoreContract
from tests.stores import checkpoint_faults, faults

IN_MEMORY: list[tuple[type, str, dict[str, object]]] = [
    (faults.StartsAtOne, "an_empty_register_is_at_position_0", {}),
    (faults.Recodes, "records_come_back_byte_for_byte", {}),
    (faults.Reorders, "records_come_in_order_and_within_the_bounds_asked_for", {}),
    (faults.IgnoresLimits, "records_come_in_order_and_within_the_bounds_asked_for", {}),
    (faults.IgnoresTypes, "records_come_in_order_and_within_the_bounds_asked_for", {}),
    (faults.StreamsToTheEnd, "a_stream_comes_in_order_of_version_up_to_a_position", {}),
    (faults.MendsPositions, "a_gap_between_positions_is_refused", {"positions": (4,)}),
    (faults.MendsVersions, "a_gap_between_versions_is_refused", {"stream": "a", "versions": (4,)}),
    (faults.MendsTimes, "recorded_at_never_goes_back", {}),
    (faults.CutsBatches, "a_batch_of_5000_is_kept_whole", {}),
    (faults.LastVersions, "the_versions_of_streams_are_those_up_to_a_position", {}),
    (faults.FirstOfAnInstant, "an_instant_has_the_last_position_recorded_by_then", {}),
    (faults.CountsAll, "later_records_up_to_a_day_are_counted", {}),
    (faults.SharesItsLists, "what_a_caller_does_to_an_answer_does_not_reach_the_store", {}),
    (faults.IgnoresThePosition, "a_late_paper_changes_what_is_known_now_but_not_what_was_known", {}),
    (faults.ShowsTheAbsent, "a_share_that_no_longer_exists_is_left_out", {}),
    (faults.SortsAsText, "shares_come_in_order_of_directive_and_share", {}),
    (faults.FindsWhatIsCurrent, "rows_are_found_by_status_unit_and_day", {}),
    (faults.FindsWhatIsCurrent, "every_moment_equals_the_naive_replay", {}),
    (faults.LosesTheUndated, "rows_are_found_by_status_unit_and_day", {}),
    (faults.TimelineByPosition, "the_timeline_of_a_directive_comes_whole_and_in_order", {}),
    (faults.RewritesRows, "a_row_of_the_timeline_is_written_once", {}),
    (faults.KeepsHalf, "half_a_list_of_rows_is_not_kept_even_if_the_writer_goes_on", {}),
    (faults.CutsStates, "rows_come_back_as_they_were_kept", {}),
    (faults.IgnoresThePosition, "every_moment_equals_the_naive_replay", {}),
    (faults.IgnoresTheDay, "every_moment_equals_the_naive_replay", {}),
    (faults.OnePositionEarly, "every_moment_equals_the_naive_replay", {}),
    (faults.LatestPositionWins, "every_moment_equals_the_naive_replay", {}),
    (faults.KeepsWhatWasAbandoned, "nothing_of_an_abandoned_transaction_is_kept", {}),
    (faults.KeepsWhatWasAbandoned, "a_refused_step_leaves_nothing_of_its_transaction", {}),
    (faults.WritersReadTheOldState, "a_writer_sees_what_it_wrote", {}),
    (faults.ShowsTheUncommitted, "a_reader_sees_one_committed_state_while_others_write", {}),
    (faults.ReadersMoveOn, "a_reader_sees_one_committed_state_while_others_write", {}),
    (faults.RefusesAtOnce, "whoever_waits_too_long_for_the_lock_is_refused", {}),
    (faults.LosesEveryTenth, "threads_that_write_together_lose_nothing", {}),
    (faults.DoublesCommands, "a_command_is_carried_out_once", {}),
    (faults.ForgetsTheNumber, "the_last_number_is_noted", {}),
    (faults.KeepsKeys, "a_key_is_kept_until_it_is_destroyed", {}),
    (checkpoint_faults.InventsACheckpoint, "a_new_register_has_no_checkpoint", {}),
    (checkpoint_faults.LosesTheOrder, "checkpoints_come_back_as_they_were_kept_in_order_of_size", {}),
    (checkpoint_faults.ForgetsTheSigned, "of_several_checkpoints_of_one_size_the_one_kept_last_is_the_last", {}),
    (faults.KeepsWhatWasAbandoned, "a_checkpoint_is_kept_or_abandoned_with_its_transaction", {}),
    (faults.ForgetsTheRules, "the_rules_of_the_timeline_are_noted", {}),
    (faults.AddsToTheTimeline, "a_timeline_that_is_rebuilt_takes_the_place_of_the_one_before", {}),
    (faults.RebuildsInSteps, "a_timeline_that_could_not_be_rebuilt_stays_as_it_was", {}),
    (faults.WaitsForMore, "what_is_there_already_is_not_waited_for", {}),
    (faults.WakesForNothing, "whoever_waits_is_woken_by_the_commit_and_by_nothing_less", {}),
    (faults.GivesUpEarly, "waiting_ends_when_its_time_is_over", {}),
    (faults.HearsNoEnd, "waiting_ends_when_the_store_is_closed", {}),
    (faults.WaitsUnderTheLock, "nobody_is_held_up_by_those_who_wait", {}),
    (faults.NeverEnds, "a_transaction_ends_with_its_with", {}),
    (faults.NeverCloses, "a_closed_store_refuses_later_use", {}),
]

IN_FILES: list[tuple[Callable[[str], Store], str]] = [
    (faults.open_elsewhere, "what_was_committed_is_there_when_opened_again"),
    (faults.open_deferred, "processes_that_write_together_lose_nothing"),
    (faults.open_forgetful, "a_killed_writer_loses_nothing_it_was_told_is_kept_and_doubles_nothing"),
]


class Contract(StoreContract):
    """The clauses, to be called by name."""

    open_with: Callable[[str], Store] | None = None
    ways: Iterable[Callable[[], object]] = ()

    def opener(self, store: Store) -> Callable[[], Store] | None:
        return partial(self.open_with, store.where) if self.open_with else None

    def attempts(self, store: Store) -> Iterable[Callable[[], object]]:
        return self.ways


def fails(contract: Contract, clause: str, store: Any, **given: object) -> None:
    with pytest.raises((AssertionError, DirectivesError, pytest.fail.Exception)):
        getattr(contract, f"test_{clause}")(store, **given)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[SqliteStore]:
    SqliteStore.create(tmp_path / "register.db", lambda _: None)
    with closing(SqliteStore(tmp_path / "register.db", wait_seconds=1)) as store:
        yield store


@pytest.mark.parametrize(("fault", "clause", "given"), IN_MEMORY, ids=lambda each: getattr(each, "__name__", None))
def test_a_faulty_store_fails_its_clause(fault: type, clause: str, given: dict[str, object]) -> None:
    store = fault() if hasattr(fault, "read") else _through(fault)

    fails(Contract(), clause, store, **given)


@pytest.mark.parametrize(("opener", "clause"), IN_FILES)
def test_a_faulty_process_fails_its_clause(register: SqliteStore, opener: Any, clause: str) -> None:
    contract = Contract()
    contract.open_with = opener

    fails(contract, clause, register)


def test_a_store_that_leaves_its_lock_to_the_dead_fails_its_clause(register: SqliteStore) -> None:
    contract = Contract()
    contract.open_with = faults.open_locking_by_file

    with closing(faults.LocksByFile(Path(register.where))) as store:
        fails(contract, "the_lock_of_a_killed_writer_is_free_and_its_transaction_gone", store)


def test_a_reader_that_is_led_past_a_position_fails_its_clause(register: SqliteStore) -> None:
    contract = Contract()
    contract.open_with = faults.open_soundly
    store = _through(faults.SkipsAhead, register)

    fails(contract, "a_reader_that_follows_sees_every_position_once_and_in_order", store)


def test_a_store_that_hears_of_no_other_process_fails_its_clause(register: SqliteStore) -> None:
    contract = Contract()
    contract.open_with = faults.open_soundly

    with closing(faults.HearsItselfAlone(Path(register.where))) as store:
        fails(contract, "whoever_waits_is_woken_by_another_process", store)


def test_a_store_that_lets_its_rows_be_changed_fails_its_clause() -> None:
    store = MemoryStore()
    contract = Contract()
    contract.ways = [lambda: store._tables.records.clear()]

    fails(contract, "what_is_kept_is_neither_changed_nor_deleted_behind_the_back_of_the_store", store)


def test_every_clause_has_its_faulty_store() -> None:
    alone = {
        "the_lock_of_a_killed_writer_is_free_and_its_transaction_gone",
        "a_reader_that_follows_sees_every_position_once_and_in_order",
        "whoever_waits_is_woken_by_another_process",
        "what_is_kept_is_neither_changed_nor_deleted_behind_the_back_of_the_store",
    }
    proved = {clause for _, clause, _ in IN_MEMORY} | {clause for _, clause in IN_FILES} | alone

    assert {f"test_{clause}" for clause in proved} == {name for name in dir(StoreContract) if name.startswith("test_")}


def _through(fault: type, inner: Store | None = None) -> Any:
    store = faults.FaultyStore(inner)
    store.fault = fault
    return store
