"""A desk at which commands are typed: one folder with a real SQLite file, a clock set by hand, what came out."""

import io
import json
import shlex
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
        for name in ("STORE", "ACTOR", "CLOCK", "KEYS", "LANG"):
            monkeypatch.delenv(f"DIRECTIVES_{name}", raising=False)
        for name in ("COLUMNS", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
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
