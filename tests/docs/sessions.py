"""Runs what the pages show: console sessions line by line, Python statement by statement, in one folder per page.

In a console block a line that begins with `$ ` is typed, a backslash at its end goes on with the next line, and all
other lines are the answer as a terminal shows it, stdout and stderr together. In Python `# -> ` behind an expression is
its value, or what it prints. A block with a file name behind its language is that file. A `…` in an answer stands for
anything within its line, and alone on a line for any lines.
"""

import ast
import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directives_cli.group import directives

__all__ = ["Entry", "entries_of", "fits", "run_python", "typed"]

_SHELL = set("|<>;&$`*")
_ARROW = re.compile(r"#\s*->\s?(.*)$")


@dataclass
class Entry:
    """One typed line of a console block, and the answer that the page shows."""

    line: str
    answer: str


def entries_of(text: str) -> Iterator[Entry]:
    """The typed lines of a console block with their answers."""
    entry: Entry | None = None
    goes_on = False
    for line in text.splitlines():
        if entry is not None and goes_on:
            entry.line += "\n" + line
        elif line.startswith("$ "):
            if entry is not None:
                yield entry
            entry = Entry(line[2:], "")
        elif entry is not None:
            entry.answer += line + "\n"
            continue
        goes_on = line.endswith("\\")
    if entry is not None:
        yield entry


def fits(shown: str, real: str) -> bool:
    """Whether the real answer is the one shown; blanks at the ends of lines do not count."""
    lines = [re.escape(line.rstrip()).replace("…", ".*?") + r"\n" for line in shown.splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == r".*?\n" else line for line in lines)
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in real.splitlines())) is not None


def typed(line: str, last_code: int) -> tuple[str, int]:
    """Run one typed line in this folder; what it answers, and its exit code.

    `directives` alone is run in this process, which saves its start half a second each time; `export` sets a variable
    for the lines below; everything else is bash's.
    """
    words = shlex.split(line.replace("\\\n", " "))
    if words == ["echo", "$?"]:
        return f"{last_code}\n", 0
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        os.environ[name] = value
        return "", 0
    if words[0] == "directives" and not _SHELL & set(line):
        return _directives(words[1:])
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        ["bash", "-c", line], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout, done.returncode


def _directives(words: list[str]) -> tuple[str, int]:
    said = io.StringIO()
    code: Any = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            directives.main(words, prog_name="directives")
        except SystemExit as leaving:
            code = leaving.code
    return said.getvalue(), int(code or 0)


def run_python(text: str, where: str, line: int, names: dict[str, Any]) -> None:
    """Run a block of Python, and hold every value that it shows."""

    def hold(give: Callable[[], Any], shown: str, at: int) -> None:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            value = give()
        real = repr(value) if value is not None or not said.getvalue() else said.getvalue()
        assert fits(shown, real), f"{where}:{line + at - 1}: the page says {shown!r}, it is {real!r}"

    tree = _Holding(text.splitlines()).visit(ast.parse(text, where))
    ast.increment_lineno(ast.fix_missing_locations(tree), line - 1)
    names["_hold"] = hold
    exec(compile(tree, where, "exec"), names)  # noqa: S102 - our own pages


class _Holding(ast.NodeTransformer):
    """Turns every expression with an arrow behind it into a call that holds its value to what is shown."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        shown = _ARROW.search(self._lines[(node.end_lineno or node.lineno) - 1])
        if shown is None:
            return node
        given = ast.Lambda(ast.parse("lambda: 0", mode="eval").body.args, node.value)
        call = ast.Call(ast.Name("_hold", ast.Load()), [given, ast.Constant(shown[1]), ast.Constant(node.lineno)], [])
        return ast.copy_location(ast.Expr(call), node)
