"""What is kept of directives from one commit to the next: never more, less or else than what the store has."""

from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from directives_adapters import open_register, store_module
from directives_core import Register
from directives_core.errors import DirectivesError, ReasonNeeded
from directives_core.keeping.check import check_store
from directives_core.register.loaded import Loaded, LoadedCache
from directives_core.store import Head
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.register.given import CHAIR, HUYEN, OFFICE, START, assign, day

NUMBERS = (1, 2, 3)
STEPS = ("report", "late paper", "retract", "extend", "hand over", "assign", "rename", "fail in the middle")


def write(register: Register, what: str, number: int, count: int) -> None:
    """One step of a script."""
    match what:
        case "report":
            register.report(number, f"lần {count}", all_units=True)
        case "late paper":
            register.note(number, f"muộn {count}", effective_on=day(9, 1))
        case "retract":
            register.retract(number, len(register.history(number)), reason="nhầm")
        case "extend":
            register.extend(number, to=day(10, 1 + count), reason="x", all_units=True, by=CHAIR)
        case "hand over":
            register.hand_over(number, to=[HUYEN], reason="x", all_units=True)
        case "assign":
            assign(register, by=None, effective_on=day(9, 1))
        case "rename":
            register.rename_unit(HUYEN, f"{HUYEN} {count}")
        case "fail in the middle":
            register.note(number, f"giữ {count}")
            with suppress(ReasonNeeded):
                register.suspend(number, all_units=True, by=CHAIR)
            register.note(number, f"giữ nữa {count}")


def outcome(register: Register, step: tuple[str, int, int], *, dry_run: bool) -> str | None:
    """What came of a step: nothing, or the error that refused it."""
    try:
        with register.batch(by=OFFICE, dry_run=dry_run):
            write(register, *step)
    except DirectivesError as error:
        return str(error)
    return None


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(STEPS), st.sampled_from(NUMBERS)), max_size=20))
def test_two_processes_that_write_in_turn_decide_as_one_that_has_just_begun(script) -> None:
    clock = Clock(START)
    with ExitStack() as stack:
        url = f"sqlite:///{Path(stack.enter_context(TemporaryDirectory())) / 'office.db'}"
        # Two openings share nothing but the file, as two processes do.
        one = stack.enter_context(new_register(url, clock))
        other = stack.enter_context(open_register(url, clock=clock))
        for _ in NUMBERS:
            assign(one, effective_on=day(9, 1))

        for count, (first, dry_run, what, number) in enumerate(script):
            clock.tick()
            step = (what, number, count)
            with open_register(url, clock=clock) as fresh:
                expected = outcome(fresh, step, dry_run=True)
            assert outcome(one if first else other, step, dry_run=dry_run) == expected

        with closing(store_module(url).open_store(url)) as store:
            assert check_store(store).problems == []


def test_what_a_failed_commit_had_loaded_is_not_kept(sqlite_register) -> None:
    number = assign(sqlite_register)

    with suppress(ZeroDivisionError), sqlite_register.batch(by=OFFICE):
        sqlite_register.note(number, "một")
        _ = 1 / 0

    assert sqlite_register.note(number, "hai", by=OFFICE).version == 2


def loaded(number: int, events: int) -> Loaded:
    return Loaded(number, [object()] * events)


def test_what_nobody_else_wrote_behind_is_whole() -> None:
    cache = LoadedCache()
    cache.begin(Head(10, 1, 3))
    cache.give_back(Head(10, 1, 3), Head(11, 2, 3), [loaded(1, 5)])

    cache.begin(Head(11, 2, 3))

    taken, whole = cache.take(1)
    assert (len(taken.events), whole) == (5, True)
    assert cache.take(1) is None


def test_what_somebody_wrote_behind_is_a_beginning() -> None:
    cache = LoadedCache()
    cache.begin(Head(10, 1, 3))
    cache.give_back(Head(10, 1, 3), Head(11, 2, 3), [loaded(1, 5)])

    cache.begin(Head(12, 3, 3))

    assert cache.take(1)[1] is False


def test_a_commit_that_gives_back_after_the_next_one_began_gives_a_beginning() -> None:
    cache = LoadedCache()
    first, second, third = Head(10, 1, 3), Head(11, 2, 3), Head(12, 3, 3)
    cache.begin(first)
    cache.begin(second)

    cache.give_back(second, third, [loaded(1, 6)])
    cache.give_back(first, second, [loaded(1, 5), loaded(2, 1)])

    taken, whole = cache.take(1)
    assert (len(taken.events), whole) == (6, True)
    assert cache.take(2)[1] is False


def test_no_more_is_kept_than_fits_into_memory() -> None:
    cache = LoadedCache()
    head = Head(1, 1, 1)
    cache.begin(head)

    for number in range(1, 50):
        cache.give_back(head, head, [loaded(number, 1_000)])

    kept = [number for number in range(1, 50) if cache.take(number)]
    assert kept == list(range(30, 50))
