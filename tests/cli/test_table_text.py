"""Tables: whatever a cell holds, a row is one line."""

from directives_cli.table_text import Column, table

COLUMNS = (Column("no."), Column("order", grows=True))


def test_an_order_of_several_lines_takes_one_line_of_the_table() -> None:
    lines = list(table(COLUMNS, [("D-1", "Nộp hồ sơ\n- bản giấy\t- bản điện tử")]))

    assert lines == ["no.  order", "D-1  Nộp hồ sơ - bản giấy - bản điện tử"]


def test_an_indent_stays() -> None:
    assert list(table(COLUMNS, [("  @2021-10", "x")]))[1] == "  @2021-10  x"
