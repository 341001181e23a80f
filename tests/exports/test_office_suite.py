"""An office suite opens what is exported, and evaluates nothing of it."""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from directives_adapters.exports import Excerpt
from directives_adapters.exports.form import write_form
from directives_core.harmless import harmless
from tests.exports.given import written
from tests.exports.hostile import PAYLOADS, hostile_register

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = [
    pytest.mark.skipif(not (SOFFICE and PDFTOTEXT), reason="soffice or pdftotext is not installed"),
    pytest.mark.campaign,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The exports of a register of attacks, each converted to PDF, and every sheet of the workbook to csv."""
    place = tmp_path_factory.mktemp("office")
    with hostile_register() as register:
        for format_, language in (("xlsx", "vi"), ("docx", "vi"), ("csv", "en")):
            (place / f"a{format_}.{format_}").write_bytes(written(format_, register, language=language))
        with (place / "form.xlsx").open("wb") as file:
            write_form(Excerpt(register, register.as_of(), {"unit": register.as_of()[1].shares[0].unit.id}), file)
    convert(place, "pdf", "axlsx.xlsx", "adocx.docx", "form.xlsx")
    convert(place, SHEET, "axlsx.xlsx")
    (place / "opened").mkdir()
    convert(place, SHEET, "acsv.csv", into="opened")
    return place


def convert(folder: Path, target: str, *names: str, into: str = ".") -> None:
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target,
         "--outdir", folder / into, *(folder / name for name in names)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def text_of(pdf: Path) -> str:
    return subprocess.run([PDFTOTEXT, "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["axlsx", "adocx", "form"])
def test_a_file_opens_and_prints(folder: Path, name: str) -> None:
    text = text_of(folder / f"{name}.pdf")

    assert len(text) > 100
    assert "=1+1" in text
    assert "#NAME?" not in text
    assert "Err:" not in text


def test_no_cell_of_a_workbook_is_evaluated(folder: Path) -> None:
    sheet = next(folder.glob("axlsx-*.csv"))
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    orders = [row[2] for row in rows[1:]]
    assert len(orders) == len(PAYLOADS)
    assert [order for order in orders if order in ("2", "-1", "#NAME?")] == []
    assert orders[0] == "=1+1"
    assert orders[PAYLOADS.index("\u202egnp.exe")] == harmless("\u202egnp.exe")
    assert orders[PAYLOADS.index("_x000D_=1")] == "_x000D_=1"


def test_no_cell_of_a_csv_is_evaluated(folder: Path) -> None:
    with next((folder / "opened").glob("acsv*.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    orders = [row[2] for row in rows[1:]]
    assert orders[0] == "'=1+1"
    assert [order for order in orders if order in ("2", "-1", "#NAME?")] == []
