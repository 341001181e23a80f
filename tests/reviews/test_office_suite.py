"""Workbooks that LibreOffice opened and saved again read back as they were."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest

from directives_adapters.reviews import read_review
from directives_adapters.sheets import read_sheets
from tests.reviews.secretary import Secretary
from tests.reviews.test_review import DRAFT, ONE, WORKBOOK, item
from tests.sheets.test_reading import VALUES, book

SOFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a review and another workbook, and what LibreOffice made of both: .ods, and .xlsx in `again`."""
    folder = tmp_path_factory.mktemp("office")
    secretary = Secretary(WORKBOOK)
    secretary.types(ONE, "due", dt.date(2024, 4, 12))
    secretary.saves(folder / "draft.xlsx")
    made = book([value for value in VALUES if not isinstance(value, bool) and value not in ("=1+1", "_x0041_")])
    made.active["B3"] = "gộp"
    made.active.merge_cells("B3:C4")
    made.active["A4"] = "dưới"
    made.save(folder / "so.xlsx")
    for kind, into in (("ods", folder), ("xlsx", folder / "again")):
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", into, folder / "draft.xlsx", folder / "so.xlsx"],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return folder


@pytest.mark.parametrize("file", ["draft.ods", "again/draft.xlsx"])
def test_a_review_keeps_its_corrections_and_nothing_else_changes(saved: Path, file: str) -> None:
    draft = read_review((saved / file).read_bytes(), file).result()

    deadline = item(draft, ONE).deadline
    assert deadline.due == dt.date(2024, 4, 12)
    assert [each for each in draft.items if each.path != ONE] == [each for each in DRAFT.items if each.path != ONE]
    assert (draft.header, draft.left_out) == (DRAFT.header, DRAFT.left_out)


@pytest.mark.parametrize("file", ["so.ods", "again/so.xlsx"])
def test_cells_keep_their_values_types_and_places(saved: Path, file: str) -> None:
    def cells(path: Path) -> list[tuple[str, object, bool]]:
        return [(cell.address, cell.value, cell.merged) for cell in read_sheets(path).sheets[0].cells()]

    assert cells(saved / file) == cells(saved / "so.xlsx")
