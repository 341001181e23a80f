"""Notices that an office suite has put into Word, OpenDocument, PDF and web pages read as their plain text does."""

import shutil
import subprocess
from pathlib import Path

import pytest

from directives_adapters.documents import read_document
from directives_core.bundled import notice_text
from directives_core.reader import NoticeDraft, read_notice

SOFFICE = shutil.which("soffice")
REAL = sorted((Path(__file__).parents[3] / "shared" / "notices").glob("*.txt"))
INVENTED = sorted((Path(__file__).parents[1] / "reader" / "notices").glob("*.txt"))
FORMATS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "pdf": "pdf", "html": "html"}
MOST_APART = 0.02

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not installed")


def converted(texts: dict[str, str], folder: Path) -> None:
    """Put texts into every format, each format in one run of the office suite."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    files = sorted(folder.glob("*.txt"))
    for target in FORMATS.values():
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target,
             "--infilter=Text (encoded):UTF8", "--outdir", folder, *files],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def facts(draft: NoticeDraft) -> list[tuple[object, ...]]:
    """What the items of a draft say, spans and white space aside."""
    return [
        (
            item.path, item.kind, "".join(item.text.split()), tuple((a.unit, a.role) for a in item.assignees),
            item.deadline and item.deadline.due, item.report_to, item.via, tuple(c.number for c in item.citations),
        )
        for item in draft.items
    ]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("office")
    texts = {"bundled": notice_text()} | {
        path.stem: path.read_text(encoding="utf-8") for path in [*REAL, *INVENTED[:2]]
    }
    converted(texts, place)
    return place


@pytest.mark.parametrize("ending", FORMATS)
def test_the_draft_is_that_of_the_plain_text(folder, ending):
    for path in folder.glob("*.txt"):
        plain = facts(read_notice(path.read_text(encoding="utf-8")))
        document = read_document(path.with_suffix(f".{ending}").read_bytes(), f"{path.stem}.{ending}")

        read = facts(read_notice(document.text))

        same = sum(one in plain for one in read)
        assert document.format == ending
        assert 2 * same / (len(plain) + len(read)) >= 1 - MOST_APART, path.stem
