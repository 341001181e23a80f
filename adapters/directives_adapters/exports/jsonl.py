"""Directives as lines of JSON: the first line has the moment, each that follows one of them as `list --json` has it.

It is an excerpt for programs. A whole register, to be imported again, is written by `directives_adapters.moving`.
"""

import json
from typing import Any, BinaryIO

from directives_adapters.exports.excerpt import Excerpt
from directives_core.harmless import harmless_json

__all__ = ["FORMAT", "write"]

FORMAT = "directives-list"
"""What the first line calls the format, version 1."""


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write one line for each directive; how many there are."""
    heading = excerpt.heading
    size, root = heading.checkpoint or (None, None)
    first: dict[str, Any] = {
        "format": FORMAT, "version": 1, "register_id": heading.register_id, "title": heading.title,
        "moment": heading.moment.as_json(), "checkpoint": {"size": size, "root": root} if size else None,
        "filters": dict(heading.chosen),
    }  # fmt: skip
    out.write(_line(first))
    count = 0
    for directive in excerpt.directives():
        out.write(_line(directive.as_json()))
        count += 1
    return count


def _line(value: dict[str, Any]) -> bytes:
    return harmless_json(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode() + b"\n"
