"""Sending reminders: what the letters of a day say is recorded as one commit, an event for each directive."""

from collections.abc import Mapping, Sequence
from typing import Any

from directives_core.register import Register
from directives_core.results import Number
from directives_core.views.reminding import Letter

__all__ = ["record_letters"]


def record_letters(
    register: Register, letters: Sequence[Letter], text: str | None = None, *, how: Mapping[str, Any],
    dry_run: bool = False,
) -> list[Number]:  # fmt: skip
    """Record that the units were reminded, in one commit: one reminder for each directive, on the shares written to.

    Args:
        register: the register that the letters were made from.
        letters: what was sent.
        text: what else the reminder says.
        how: the keyword arguments of every reminder.
        dry_run: check and tell everything, keep nothing.

    Raises:
        WrongState: something was closed since the letters were made; make them again.
    """
    shares: dict[int, set[int]] = {}
    for letter in letters:
        for item in letter.items:
            shares.setdefault(item.duty.number, set()).add(item.duty.share)
    how = dict(how)
    command_id = how.pop("command_id", None)
    with register.batch(dry_run=dry_run, command_id=command_id):
        return [
            register.remind(number, text, unit=[f"{number}/{share}" for share in sorted(named)], **how)
            for number, named in sorted(shares.items())
        ]
