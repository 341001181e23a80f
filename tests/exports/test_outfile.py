"""Files appear whole, or not at all."""

import io
import sys
from pathlib import Path

import pytest

from directives_adapters.exports import new_file
from directives_core.errors import AlreadyThere


def break_off(output: Path, *, force: bool = False) -> None:
    """Write half a file, and fail."""
    with new_file(output, force=force) as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_a_file_appears_once_it_is_whole(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.csv") as file:
        file.write(b"half")
        assert not (tmp_path / "a.csv").exists()

    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.csv", b"half")]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path / "a.csv")

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told_with_the_name_that_was_asked_for(tmp_path: Path) -> None:
    output = tmp_path / "none" / "a.csv"

    with pytest.raises(FileNotFoundError) as caught, new_file(output):
        pass

    assert caught.value.filename == str(output)


@pytest.mark.parametrize("late", [False, True])
def test_what_is_there_is_not_replaced_unasked(tmp_path: Path, late: bool) -> None:
    def write_while_somebody_makes_it() -> None:
        with new_file(tmp_path / "a.csv") as file:
            file.write(b"other")
            (tmp_path / "a.csv").write_text("mine", encoding="utf-8")

    if not late:
        (tmp_path / "a.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        write_while_somebody_makes_it()

    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [("a.csv", "mine")]


def test_a_file_is_replaced_whole_where_that_is_asked_for(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old", encoding="utf-8")
    old.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(old)

    with pytest.raises(ZeroDivisionError):
        break_off(old, force=True)
    assert old.read_text("utf-8") == "old"

    with new_file(tmp_path / "link.csv", force=True) as file:
        file.write(b"new")
    assert old.read_text("utf-8") == "new"
    assert old.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.csv").is_symlink()


def test_standard_output_gets_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(taken))

    with pytest.raises(ZeroDivisionError):
        break_off(Path("-"))
    with new_file(Path("-")) as file:
        file.write(b"whole")

    assert taken.getvalue() == b"whole"
