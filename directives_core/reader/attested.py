"""Names that a notice itself shows to be whole: a mark or a verb ends them at one place, and so they end at others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from directives_core.reader.lines import Block
from directives_core.reader.names import HEAD, is_capital
from directives_core.reader.singles import single_at
from directives_core.reader.vocabulary import starts_with_verb

__all__ = ["with_names"]

_ENDED = re.compile(r" ?(?:[,.;:()]|$)| và ")
_BEGINS = re.compile(r"(?<!\w)(?=\w)")


def with_names(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, each knowing the names of units that end beyond doubt somewhere in the text."""
    names = frozenset(name for block in blocks if not block.body.text.isupper() for name in _whole(block))
    return [replace(block, body=replace(block.body, names=names)) for block in blocks] if names else list(blocks)


def _whole(block: Block) -> list[str]:
    body, names = block.body, []
    for place in _BEGINS.finditer(body.low):
        at = place.start()
        if not is_capital(body, at) or HEAD.match(body.low, at) is None or (unit := single_at(body, at)) is None:
            continue
        if _ENDED.match(body.low, unit.end) or starts_with_verb(body.low, unit.end + 1, syllables=2):
            names.append(body.low[at : unit.end])
    return names
