"""A desk at which commands are typed: one folder with a real SQLite file, a clock set by hand, what came out."""

import io
import json
import shlex
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from directives_cli.group import directives


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err.splitlines()[-1])["error"]


class Desk:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        for name in ("DIRECTIVES_STORE", "DIRECTIVES_ACTOR", "DIRECTIVES_CLOCK", "COLUMNS", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(folder)

    def now(self, instant: str) -> None:
        self._monkeypatch.setenv("DIRECTIVES_CLOCK", instant)

    def acts(self, actor: str) -> None:
        self._monkeypatch.setenv("DIRECTIVES_ACTOR", actor)

    def types(self, line: str, *more: str, code: int = 0) -> Answer:
        """Type `directives LINE`, `more` as further arguments; the exit code is held to what is expected."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            directives.main([*shlex.split(line), *more], prog_name="directives")
        found = ended.value.code or 0
        assert found == code, (found, out.getvalue(), err.getvalue())
        return Answer(code, out.getvalue(), err.getvalue())

    def positions(self) -> int:
        return int(self.types("list --limit 1 --json").json["moment"]["position"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder."""
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A register with an office, a chair, two communes and an actor of one of them, on 22 September 2021."""
    desk.now("2021-09-22T08:00+07:00")
    desk.types("init --title 'Sổ theo dõi' --zone Asia/Ho_Chi_Minh --calendar VN")
    desk.types("actor add hoa --name 'Lê Thị Hoa' --unit 'Văn phòng' --role office")
    desk.acts("hoa")
    desk.types("unit add 'UBND huyện'")
    desk.types("actor add dung --name 'Đinh Văn Dũng' --unit 'UBND huyện' --role chair")
    desk.types("unit add 'UBND xã Cán Khê' --short 'Cán Khê'")
    desk.types("unit add 'UBND xã Xuân Du'")
    desk.types("actor add thao --name 'Lò Văn Thảo' --unit 'can khe' --role unit")
    return desk


@pytest.fixture
def assigned(office: Desk) -> Desk:
    """The same, with D-1 to Cán Khê due on 2 October and D-2 to both communes without a deadline."""
    office.types("assign 'Nộp hồ sơ sáp nhập thôn' --to 'can khe' --due 2021-10-02 --report-to 'UBND huyện'")
    office.types("assign 'Rà soát hộ nghèo' --to 'can khe' --to 'xuan du' --due none")
    return office


Type = Callable[..., Answer]
