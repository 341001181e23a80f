"""verify.py: the parts of the verifier, one after the other, as one file that needs nothing but Python."""

import re
from pathlib import Path

__all__ = ["script"]

_PARTS = ("proofs", "recurring", "fold", "standing", "pages", "check")
_OURS = re.compile(r"^from directives_adapters\S+ import (\([^)]*\)|[^\n]*)\n", re.MULTILINE)
_NAMES = re.compile(r"^__all__ = \[[^\]]*\]\n", re.MULTILINE)
_HEAD = '''#!/usr/bin/env python3
"""Checks the evidence pack that it lies in; runs on Python 3.9 or newer with nothing else installed.

    python3 verify.py                        in the unpacked folder
    python3 verify.py PACK.zip               elsewhere
    … --key KEY                              trust this verifier key alone, instead of those in the pack
    … --against FILE                         a note or minutes that you kept: the pack has to agree

Exit code 0 if all holds, 4 if something does not. What it restates: RFC 9162 (tree and proofs), RFC 8032 (Ed25519),
C2SP signed-note, tlog-checkpoint and tlog-cosignature, and the rules by which a register's events are folded.
"""

from __future__ import annotations
'''


def script() -> str:
    """The text of verify.py."""
    folder = Path(__file__).with_name("standalone")
    parts = [_part((folder / f"{name}.py").read_text(encoding="utf-8")) for name in _PARTS]
    return _HEAD + "".join(parts)


def _part(text: str) -> str:
    """A part without its imports of other parts and its list of names; its docstring becomes a comment."""
    docstring, _, code = text.removeprefix('"""').partition('"""\n')
    comment = "".join(f"# {line}".rstrip() + "\n" for line in docstring.splitlines())
    return f"\n\n{comment}{_NAMES.sub('', _OURS.sub('', code))}"
