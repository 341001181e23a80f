"""The reference leaves nothing out, and every link leads somewhere."""

import re
import sqlite3
from pathlib import Path

import pytest

from directives_adapters.sqlite import schema
from directives_core import Register, View, errors
from directives_core.office.settings import Settings
from directives_core.views.directive import DirectiveView, ShareView
from tests.docs.generated import all_errors, event_types, public, with_generated
from tests.docs.pages import PAGES, ROOT, page_id

REFERENCE = ROOT / "docs" / "reference"
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_what_follows_from_the_code_is_as_the_code_is_now(page: Path) -> None:
    text = page.read_text()

    assert text == with_generated(text), f"run: python -m tests.docs.rewrite {page_id(page)}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for target in _LINK.findall(page.read_text()):
        if "://" in target:
            continue
        name, _, heading = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.is_file(), f"{page_id(page)}: {target}"
        assert not heading or heading in _headings(found), f"{page_id(page)}: {target}"


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    reached = {(index.parent / target.partition("#")[0]).resolve() for target in _LINK.findall(index.read_text())}

    assert {page for page in PAGES if page.is_relative_to(index.parent)} - {index} == reached


def test_every_error_is_listed() -> None:
    text = (REFERENCE / "errors.md").read_text()

    assert {kind.__name__ for kind in all_errors()} == set(errors.__all__)
    assert [name for name in errors.__all__ if f"| `{name}` |" not in text] == []


def test_every_event_is_listed_with_who_may_and_what_it_does() -> None:
    by_hand, _, from_code = (REFERENCE / "events.md").read_text().partition("<!-- from the code: events -->")

    for stored in event_types():
        assert f"| `{stored}` |" in from_code
        assert f"`{stored.rpartition('.v')[0]}`" in by_hand, f"say who may, and what {stored} does"


@pytest.mark.parametrize("kind", [Register, View])
def test_every_public_method_is_listed(kind: type) -> None:
    text = (REFERENCE / "python.md").read_text()

    assert [name for name in public(kind) if not re.search(rf"\| `{name}[(`]", text)] == []


def test_every_setting_is_listed() -> None:
    text = (REFERENCE / "settings.md").read_text()

    assert [name for name in Settings.__struct_fields__ if f"| `{name}` |" not in text] == []


def test_every_table_and_column_of_the_store_is_listed() -> None:
    text = (REFERENCE / "store-format.md").read_text()
    tables = sqlite3.connect(":memory:")
    for statement in schema.STATEMENTS:
        tables.execute(statement)
    columns = tables.execute(
        "SELECT t.name, c.name FROM pragma_table_list() AS t, pragma_table_info(t.name) AS c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'"
    ).fetchall()
    tables.close()

    assert {table for table, _ in columns if f"`{table}`" not in text} == set()
    assert [each for each in columns if each[0] not in ("keys", "register") and f"`{each[1]}`" not in text] == []


def test_every_key_of_a_directive_is_listed() -> None:
    text = (REFERENCE / "json.md").read_text()
    keys = {*DirectiveView.__struct_fields__, *ShareView.__struct_fields__}

    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def _headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as a forge makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
