"""Whatever the pages show is run, in order, in a fresh folder for each page."""

from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import PAGES, blocks_of, page_id
from tests.docs.sessions import entries_of, fits, run_python, typed

RUN = [page for page in PAGES if {"console", "python"} & {block.language for block in blocks_of(page.read_text())}]


@pytest.fixture(autouse=True)
def fresh_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    for name in ("DIRECTIVES_STORE", "DIRECTIVES_ACTOR", "DIRECTIVES_CLOCK", "DIRECTIVES_KEYS", "DIRECTIVES_LANG"):
        monkeypatch.setenv(name, "")  # so that what a page exports is forgotten after it


@pytest.mark.parametrize("page", RUN, ids=page_id)
def test_the_page_shows_what_really_happens(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    code = 0
    for block in blocks_of(page.read_text()):
        if block.file:
            Path(block.file).write_text(block.text)
        elif block.language == "python":
            run_python(block.text, page_id(page), block.line, names)
        elif block.language == "console":
            for entry in entries_of(block.text):
                answer, code = typed(entry.line, code)
                assert fits(entry.answer, answer), f"{page_id(page)}: $ {entry.line}\n{answer}"


def test_a_page_that_shows_something_else_is_found_out() -> None:
    assert fits("D-…\n", "D-12\n")
    assert fits("first\n…\nlast\n", "first\n1\n2\nlast\n")
    assert fits("…\n", "")
    assert not fits("D-12\n", "D-13\n")
    assert not fits("D-12\n", "D-12\nwarning\n")
    with pytest.raises(AssertionError, match="the page says '3', it is '2'"):
        run_python("1 + 1  # -> 3\n", "page", 1, {})
