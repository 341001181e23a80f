"""`python -m tests.docs.rewrite PAGE …`: write into pages what their sessions answer now, and what the code says."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.docs.generated import with_generated
from tests.docs.pages import blocks_of
from tests.docs.sessions import entries_of, fits, run_python, typed


def rewritten(text: str) -> str:
    """The page with the answers that its sessions give now; those that fit stay, ellipses and all."""
    pieces, end, code = [], 0, 0
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(text):
        if block.file:
            Path(block.file).write_text(block.text)
        elif block.language == "python":
            try:
                run_python(block.text, "page", block.line, names)
            except AssertionError as wrong:
                sys.stderr.write(f"{wrong}\n")
        if block.language != "console":
            continue
        lines = []
        for entry in entries_of(block.text):
            answer, code = typed(entry.line, code)
            told = "".join(line.rstrip() + "\n" for line in answer.splitlines())
            lines.append(f"$ {entry.line}\n{entry.answer if fits(entry.answer, answer) else told}")
        pieces += [text[end : block.span[0]], "".join(lines)]
        end = block.span[1]
    return "".join([*pieces, text[end:]])


if __name__ == "__main__":
    for page in [Path(name).resolve() for name in sys.argv[1:]]:
        for variable in ("DIRECTIVES_STORE", "DIRECTIVES_ACTOR", "DIRECTIVES_CLOCK", "DIRECTIVES_KEYS", "COLUMNS"):
            os.environ.pop(variable, None)
        os.environ["LC_ALL"] = "C.UTF-8"
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            page.write_text(rewritten(with_generated(page.read_text())))
