"""Progress of long work is for terminals only, and leaves no trace."""

import io
from collections.abc import Iterator

import pytest

from directives_cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at the clock is a second later."""
    seconds = iter(range(100))
    monkeypatch.setattr("directives_cli.progress.time.monotonic", lambda: next(seconds))


@pytest.mark.usefixtures("slow")
def test_long_work_is_counted_on_a_terminal_and_the_line_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    assert list(progress("abc", "reading")) == ["a", "b", "c"]

    assert terminal.getvalue().startswith("\rreading: 1 ")
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.usefixtures("slow")
def test_nothing_is_printed_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)

    assert list(progress("abc", "reading")) == ["a", "b", "c"]

    assert file.getvalue() == ""


def test_short_work_shows_nothing_and_an_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def breaks() -> Iterator[str]:
        yield "a"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(progress(breaks(), "reading"))

    assert terminal.getvalue() == ""
