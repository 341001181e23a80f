"""Drafts of notices as files: read from JSON or from a reviewed workbook, written as one of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives_cli.answers import aside
from directives_cli.json_forms import misfit
from directives_cli.words import as_json_text
from directives_core.language import Phrase, _

if TYPE_CHECKING:
    from directives_core import NoticeDraft

__all__ = ["read_draft", "write_draft"]

_WORKBOOKS, _JSON = (".xlsx",), ".json"
_ZIP = b"PK"


def write_draft(draft: "NoticeDraft", text: str, to: Path) -> None:
    """Write a draft for review into a new file: a workbook where its name ends in .xlsx, JSON where in .json.

    Raises:
        UsageError: the name ends otherwise, or there is such a file, in which somebody's corrections may stand.
    """
    kind = to.suffix.lower()
    if kind not in (*_WORKBOOKS, _JSON):
        raise click.UsageError(
            _("--to {to}: give a name that ends in .xlsx, for a spreadsheet, or in .json").format(to=to)
        )
    if to.exists():
        raise click.UsageError(
            _("--to {to}: there is such a file, and corrections may stand in it; give another name").format(to=to)
        )
    if kind == _JSON:
        to.write_text(as_json_text(draft.model_dump(mode="json"), indent=2) + "\n", encoding="utf-8")
    else:
        from directives_adapters.reviews import review_workbook

        to.write_bytes(review_workbook(draft, text))
    aside(
        _("{to}: {n} orders to review, then: directives notice record FILE --draft {to}").format(
            to=to, n=len(draft.items)
        )
    )


def read_draft(data: bytes, name: str, *, unit_named: Callable[[str], str] | None = None) -> "NoticeDraft":
    """Read a draft back that was corrected by hand.

    Raises:
        SheetRefused: something in a workbook cannot be taken over; everything is named.
        UnreadableDocument: the workbook itself cannot be read.
        BadValue: JSON of another form than that of a draft.
    """
    if data.startswith(_ZIP) or Path(name).suffix.lower() in _WORKBOOKS:
        from directives_adapters.reviews import read_review

        return read_review(data, name).result(unit_named)
    return _from_json(data, name)


def _from_json(data: bytes, name: str) -> "NoticeDraft":
    from pydantic import ValidationError

    from directives_core import NoticeDraft

    try:
        draft: NoticeDraft = NoticeDraft.model_validate_json(data)
    except ValidationError as error:
        raise misfit(name, error, wanted=Phrase("a draft in JSON, as `notice read --to` writes it")) from error
    return draft
