"""Whatever is typed into a review or an old register, what comes back is a draft, directives, or a refusal of ours."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives_adapters.reviews import read_review
from directives_adapters.sheets import read_sheets
from directives_core import NoticeDraft, Register
from directives_core.adopting import Mapping, adopt, suggest
from directives_core.errors import DirectivesError
from tests.adopting.test_adopting import HEADS, row, table
from tests.register.given import OFFICE
from tests.reviews.secretary import Secretary
from tests.reviews.test_review import WORKBOOK

WORDS = [
    "", " ", "-", "keep", "drop", "merge", "split", "take in", "bỏ", "I.1", "II.11.1", "left:3", "#code", "=1/0",
    "1e400", "30/9/2021", "31/2/2021", "2021-09-30", "trước ngày 23 hàng tháng", "khẩn trương", "Quý II/2024",
    "Hoàn thành", "UBND các xã, thị trấn: UBND xã A; B", "Phòng Nội vụ\nUBND xã B", "a" * 300, "[[ông A]]", "[[",
    "\u202e", "{0}", "%s",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(WORDS), st.none(), st.booleans(), st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, width=32), st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 18), VALUES), min_size=1, max_size=12)


def typed(value: Any) -> Any:
    """What openpyxl lets a person type: text that begins like a formula is one."""
    return value if not isinstance(value, float) or abs(value) < 1e300 else None


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2), EDITS, st.lists(st.integers(2, 30), max_size=2))
def test_any_edit_of_a_review_gives_a_draft_or_a_refusal(
    sheet: int, edits: list[tuple[int, int, Any]], gone: list[int]
):
    secretary = Secretary(WORKBOOK)
    for at, column, value in edits:
        secretary.book.worksheets[sheet].cell(at, column).value = typed(value)
    for at in gone:
        secretary.book.worksheets[sheet].delete_rows(at)

    try:
        draft = read_review(secretary.saved(), "draft.xlsx").result()
    except DirectivesError as error:
        said = str(error)
    else:
        said = draft.model_dump_json()
        assert NoticeDraft.model_validate_json(said) == draft

    assert said


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.integers(4, 8), st.integers(0, len(HEADS) - 1), VALUES), min_size=1, max_size=12))
def test_any_old_register_is_taken_over_or_refused_with_every_problem(
    register: Register, edits: list[tuple[int, int, Any]]
):
    rows = [row(n) for n in range(1, 6)]
    for at, column, value in edits:
        rows[at - 4][column] = typed(value)
    data = table(*rows)
    sheets = read_sheets(data, "so.xlsx").sheets
    mapping: Mapping = suggest(sheets).mapping

    try:
        said = adopt(
            register, sheets, mapping, file="so.xlsx", sha256="0" * 64, by=OFFICE, add_units=True, dry_run=True
        ).as_json()
    except DirectivesError as error:
        said = {"problems": str(error)}

    assert said
    assert register.as_of().directives() == []


@pytest.mark.parametrize("value", ["=1/0", "=A1"])
def test_a_formula_without_a_value_is_told(value: str):
    secretary = Secretary(WORKBOOK)
    secretary.types("II.11.1", "leads", value)

    with pytest.raises(DirectivesError, match="gives no value"):
        read_review(secretary.saved(), "draft.xlsx").result()
