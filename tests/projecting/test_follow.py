"""Following a register: every event once and in order, as it is committed, until the time is over or it is closed."""

import threading
from itertools import islice
from time import sleep

import pytest

from directives_adapters import create_register, open_register
from directives_core import Register
from directives_core.errors import BadValue, StoreClosed
from tests.projecting.conftest import OFFICE, assign

PATIENCE_SECONDS = 60.0
BEGUN = 4  # the register, its office, who began it, a unit


def test_what_is_there_comes_first_and_then_what_is_recorded(followed: Register) -> None:
    seen: list[int] = []

    for event in followed.follow(timeout=PATIENCE_SECONDS):
        seen.append(event.position)
        if event.position < BEGUN + 3:
            if event.position >= BEGUN:
                assign(followed, 1)
            continue
        break

    assert seen == list(range(1, BEGUN + 4))


def test_everything_that_writers_commit_meanwhile_comes_once_and_in_order(followed: Register) -> None:
    writers = [threading.Thread(target=assign, args=(followed, 15, f"Việc của {n}")) for n in range(3)]
    for writer in writers:
        writer.start()

    seen = [event.position for event in islice(followed.follow(timeout=PATIENCE_SECONDS), BEGUN + 45)]

    for writer in writers:
        writer.join()
    assert seen == list(range(1, BEGUN + 46))


def test_following_goes_on_behind_a_position_with_the_types_asked_for(followed: Register) -> None:
    assign(followed, 3)
    followed.note(1, "Đã gọi điện", by=OFFICE)
    assign(followed, 1)

    of_type = [*followed.follow(after=BEGUN + 1, types=["directive.assigned.v1"], timeout=0.2)]

    assert [event.position for event in of_type] == [BEGUN + 2, BEGUN + 3, BEGUN + 5]
    assert [*followed.follow(after=BEGUN + 5, timeout=0)] == []
    assert [*followed.follow(after=BEGUN + 99, timeout=0)] == []


def test_following_ends_when_the_register_is_closed(followed: Register) -> None:
    seen: list[int] = []
    following = threading.Thread(target=lambda: seen.extend(event.position for event in followed.follow()))
    following.start()
    while len(seen) < BEGUN:
        sleep(0.01)

    followed.close()
    following.join(PATIENCE_SECONDS)

    assert not following.is_alive()
    assert seen == list(range(1, BEGUN + 1))
    with pytest.raises(StoreClosed):
        next(followed.follow())


def test_following_ends_when_its_caller_closes_the_register(followed: Register) -> None:
    seen = []
    for event in followed.follow():
        seen.append(event.position)
        if event.position == BEGUN:
            followed.close()

    assert seen == list(range(1, BEGUN + 1))


def test_following_hears_of_other_processes_commits(url: str) -> None:
    create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE).close()
    with open_register(url) as here, open_register(url) as elsewhere:
        following = here.follow(timeout=PATIENCE_SECONDS)
        seen = [next(following).position for _ in range(3)]
        writer = threading.Timer(0.2, lambda: elsewhere.add_unit("xã A", by=OFFICE))
        writer.start()
        seen.append(next(following).position)
        writer.join()

    assert seen == [1, 2, 3, 4]


@pytest.mark.parametrize("position", ["x", None, True, 1.5])
def test_only_a_position_can_be_followed_from(register: Register, position: object) -> None:
    with pytest.raises(BadValue):
        next(register.follow(after=position))  # type: ignore[arg-type]
