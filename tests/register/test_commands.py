"""Commands and commits: ids sent twice, batches, dry runs, threads, and registers that are closed or were forked."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from directives_adapters import create_register, open_register
from directives_core.errors import CommandReused, Misuse, NotLater, RegisterExists, StoreClosed, UnknownUnit, WrongState
from directives_core.results import Number
from tests.register.given import CAN_KHE, CHAIR, OFFICE, assign, day, position, refused


def test_a_command_sent_twice_gives_the_first_result_and_is_carried_out_once(any_register, clock):
    first = assign(any_register, command_id="a-1")
    clock.tick(60)

    second = assign(any_register, command_id="a-1")

    assert second == first
    assert isinstance(second, Number)
    assert (second.positions, second.version, second.command_id) == (first.positions, first.version, "a-1")
    assert len(any_register.as_of().directives()) == 1


def test_a_result_given_again_tells_what_the_first_one_told(any_register, clock):
    number = assign(any_register, due=day(10, 3))
    clock.set("2021-10-05T08:00+07:00")
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    def late():
        return any_register.extend(
            number, to=day(10, 20), reason="QĐ", effective_on=day(9, 28), by=CHAIR, command_id="a-1"
        )

    first, second = late(), late()

    assert first.without_effect
    assert second.told == first.told
    warned = [assign(any_register, due=day(10, 2), effective_on=day(9, 25), command_id="a-2") for _ in range(2)]
    assert warned[0].warnings == warned[1].warnings != ()  # a Saturday


@pytest.mark.parametrize(
    "how", [{"due": day(9, 29)}, {"reason": "x"}, {"effective_on": day(9, 22)}, {"by": CHAIR}, {"source": "1"}]
)
def test_the_same_id_on_another_request_is_refused(any_register, how):
    assign(any_register, command_id="a-1")

    with refused(any_register, CommandReused) as caught:
        assign(any_register, **{"command_id": "a-1", **how})

    assert caught.value.command_id == "a-1"


def test_the_same_id_on_another_command_is_refused(register):
    number = assign(register, command_id="a-1")

    with refused(register, CommandReused):
        register.acknowledge(number, by=OFFICE, command_id="a-1")


def test_an_id_whose_command_was_refused_is_free(register):
    with refused(register, UnknownUnit):
        assign(register, "Kho bạc", command_id="a-1")
    register.add_unit("Kho bạc", by=OFFICE)

    assert assign(register, "Kho bạc", command_id="a-1") == 1


def test_names_and_numbers_of_several_come_back_too(register):
    unit = [register.add_unit("Kho bạc", by=OFFICE, command_id="a-1") for _ in range(2)]
    meeting = [register.close_meeting("GB", by=OFFICE, command_id="a-2") for _ in range(2)]

    assert unit[0] == unit[1] == register.find_unit("Kho bạc").id
    assert meeting[0] == meeting[1] == "GB"
    assert meeting[0].positions == meeting[1].positions


def test_a_register_that_was_closed_and_opened_knows_the_commands_sent_before(url, sqlite_register, clock):
    first = assign(sqlite_register, command_id="a-1")
    sqlite_register.close()

    with open_register(url, clock=clock) as register:
        assert assign(register, command_id="a-1") == first
        assert len(register.as_of().directives()) == 1


# ------------------------------------------------------------------------------------------------------------- batches


def test_a_batch_is_one_commit_with_one_instant(any_register, clock):
    before = position(any_register)

    with any_register.batch(by=OFFICE, reason="họp giao ban") as batch:
        first = batch.assign("Một", to=CAN_KHE, due=None)
        clock.tick(60)
        second = batch.assign("Hai", to=CAN_KHE, due=None)
        batch.report(first, "Đang làm")
        assert position(any_register) == before

    events = list(any_register.events(after=before))
    assert len({event.recorded_at for event in events}) == 1
    assert [event.position for event in events] == [before + 1, before + 2, before + 3]
    assert {event.envelope.reason for event in events} == {"họp giao ban"}
    assert (first, second) == (1, 2)


def test_an_error_that_leaves_a_batch_undoes_all_of_it(any_register):
    with refused(any_register, UnknownUnit), any_register.batch(by=CHAIR):
        assign(any_register, by=None)
        any_register.add_unit("Kho bạc")
        any_register.assign("Hai", to="Ngân hàng", due=None)

    assert any_register.as_of().directives() == []
    assert len(any_register.actors()) == 1
    assert assign(any_register) == 1


def test_an_error_that_is_caught_in_a_batch_leaves_the_other_writes(any_register):
    with any_register.batch(by=CHAIR):
        number = assign(any_register, by=None)
        with pytest.raises(NotLater):
            any_register.extend(number, to=day(9, 1), reason="x")
        with pytest.raises(UnknownUnit):
            any_register.assign("Hai", to="Ngân hàng", due=None)
        other = assign(any_register, by=None)
        any_register.extend(number, to=day(10, 9), reason="x")

    assert (number, other) == (1, 2)
    assert [d.due_on for d in any_register.as_of().directives()] == [day(10, 9), day(9, 30)]
    positions = [event.position for event in any_register.events()]
    assert positions == list(range(1, len(positions) + 1))


def test_a_refused_first_write_of_somebody_leaves_no_trace_of_them_in_the_batch(any_register):
    with any_register.batch(by=OFFICE):
        with pytest.raises(UnknownUnit):
            any_register.assign("Hai", to="Ngân hàng", due=None, by=CHAIR)
        assign(any_register)

    assert [actor["id"] for actor in any_register.actors()] == ["hoa"]


def test_ids_hold_inside_a_batch_too(any_register):
    with any_register.batch(by=OFFICE):
        first = assign(any_register, command_id="a-1")
        assert assign(any_register, command_id="a-1") == first
        with pytest.raises(CommandReused):
            assign(any_register, command_id="a-1", due=None)

    assert assign(any_register, command_id="a-1") == first
    assert len(any_register.as_of().directives()) == 1


def test_writes_of_a_batch_see_those_before_them(any_register):
    with any_register.batch(by=OFFICE):
        any_register.add_unit("Kho bạc")
        number = assign(any_register, "Kho bạc")
        any_register.report(number, "Đã nộp", result=True)
        with pytest.raises(WrongState):
            any_register.resume(number, source="1", reason="x")
        any_register.complete(number)

    assert any_register.as_of()[number].status == "completed"


def test_a_dry_run_checks_and_tells_everything_and_keeps_nothing(any_register):
    before = position(any_register)

    with any_register.batch(by=OFFICE, dry_run=True):
        number = assign(any_register, command_id="a-1")
        with pytest.raises(NotLater):
            any_register.extend(number, to=day(9, 1), reason="x", by=CHAIR)

    assert number.positions == (before + 1,)
    assert position(any_register) == before
    assert assign(any_register, command_id="a-1", due=None) == 1


def test_a_batch_inside_a_batch_is_misuse(register):
    with pytest.raises(Misuse), register.batch(by=OFFICE), register.batch(by=OFFICE):
        pass

    assert assign(register) == 1


# ------------------------------------------------------------------------------------------------- threads, and the end


def test_one_register_serves_several_threads_at_once(any_register):
    def work(name: str) -> None:
        for turn in range(8):
            number = assign(any_register, command_id=f"{name}-{turn}")
            any_register.report(number, name, by=OFFICE)
            assert any_register.as_of()[number].last_report.text == name

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, [f"t{n}" for n in range(5)]))

    events = list(any_register.events())
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    assert [event.recorded_at for event in events] == sorted(event.recorded_at for event in events)
    assert [directive.number for directive in any_register.as_of()] == list(range(1, 41))
    assert all(directive.status == "in-progress" for directive in any_register.as_of())


def test_a_batch_of_one_thread_is_no_batch_of_another(any_register):
    done = threading.Event()

    def elsewhere() -> None:
        done.wait()
        assign(any_register)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    with any_register.batch(by=OFFICE, dry_run=True):
        assign(any_register)
        done.set()
        assign(any_register)
    thread.join()

    assert [directive.number for directive in any_register.as_of()] == [1]


def test_a_closed_register_is_used_no_more(any_register):
    view = any_register.as_of()
    any_register.close()
    any_register.close()

    for attempt in (
        any_register.as_of, view.directives, lambda: assign(any_register), lambda: any_register.history(1),
        lambda: list(any_register.events()),
    ):  # fmt: skip
        with pytest.raises(StoreClosed):
            attempt()


def test_a_register_opened_before_a_fork_is_not_used_after_it(any_register):
    assign(any_register)
    child = os.fork()
    if child == 0:  # pragma: no cover - coverage does not follow the child
        refusals = 0
        for attempt in (any_register.as_of, lambda: assign(any_register)):
            try:
                attempt()
            except StoreClosed:
                refusals += 1
        os._exit(refusals)

    _, code = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(code) == 2
    assert assign(any_register) == 2


def test_a_new_register_never_overwrites_what_is_there(url, sqlite_register, clock):
    number = assign(sqlite_register)

    with pytest.raises(RegisterExists):
        create_register(url, title="x", zone="UTC", by=OFFICE, clock=clock)

    assert number in sqlite_register.as_of()
