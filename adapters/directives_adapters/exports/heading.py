"""What heads every output: the register, the moment that it shows, the checkpoint, and what was chosen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directives_core import Moment, Register, View
from directives_core.language import _, day, instant, ngettext, word

__all__ = ["Heading", "heading_of"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The register and the moment that an output shows.

    `checkpoint` is size and root, in hexadecimal, of the last checkpoint that the moment's position has reached.
    `vietnamese` says that the office is one of Viet Nam, by its calendar. `chosen` are the filters.
    """

    title: str
    register_id: str
    moment: Moment
    checkpoint: tuple[int, str] | None
    vietnamese: bool
    chosen: Mapping[str, Any]

    @property
    def made_at(self) -> dt.datetime:
        """The instant that stands for the making of the file: that of the moment, in UTC, without fractions."""
        return self.moment.instant.astimezone(dt.UTC).replace(microsecond=0)

    def moment_line(self) -> str:
        """The moment in one line."""
        moment = self.moment
        line = _("as of {day}, known at {instant} {zone}, position {position}").format(
            day=day(moment.effective_on), instant=instant(moment.instant, seconds=True), zone=moment.zone,
            position=moment.position,
        )  # fmt: skip
        return ", ".join([line, *self._remarks()])

    def checkpoint_line(self) -> str:
        """The checkpoint in one line; empty where there is none."""
        if self.checkpoint is None:
            return ""
        size, root = self.checkpoint
        return _("checkpoint of {size} events: {root}").format(size=size, root=root)

    def chosen_line(self) -> str:
        """What was chosen, in one line; empty where everything was."""
        named = {"label": "labels"}
        shown = [f"{word(named.get(name, name))}: {_shown(name, value)}" for name, value in self.chosen.items()]
        return _("only {filters}").format(filters="; ".join(shown)) if shown else ""

    def lines(self) -> list[str]:
        """The title, the moment, the checkpoint and what was chosen, a line each."""
        return [self.title, *filter(None, (self.moment_line(), self.checkpoint_line(), self.chosen_line()))]

    def pairs(self) -> list[tuple[str, str | int | dt.date]]:
        """The same, each beside its name."""
        moment, (size, root) = self.moment, self.checkpoint or (None, None)
        named: list[tuple[str, str | int | dt.date | None]] = [
            (_("Register"), self.title),
            (_("Id of the register"), self.register_id),
            (_("As of"), moment.effective_on),
            (_("Known at"), moment.instant.isoformat()),
            (_("Time zone"), moment.zone),
            (_("Position"), moment.position),
            (_("Checkpoint: events"), size),
            (_("Checkpoint: root"), root),
            (_("Remarks"), "; ".join(self._remarks()) or None),
            (_("Chosen"), self.chosen_line() or None),
        ]
        return [(name, value) for name, value in named if value is not None]

    def _remarks(self) -> list[str]:
        moment = self.moment
        remarks = [_("provisional: the day is not over")] if moment.provisional else []
        if moment.later_events:
            count = ngettext(
                "{n} later event bears on this day", "{n} later events bear on this day", moment.later_events
            )
            remarks.append(count.format(n=moment.later_events))
        return remarks


def heading_of(register: Register, view: View, chosen: Mapping[str, Any]) -> Heading:
    """What heads an output of this register at the moment of this view."""
    reached = [each for each in register.checkpoints() if each.size <= view.moment.position]
    last = max(reached, key=lambda each: each.size, default=None)
    return Heading(
        title=view.office.title or register.title, register_id=register.register_id, moment=view.moment,
        checkpoint=(last.size, last.root.hex()) if last else None,
        vietnamese=view.office.calendar == "VN", chosen=chosen,
    )  # fmt: skip


def _shown(name: str, value: Any) -> str:
    if name == "status":
        return word(value, "status")
    if name == "timeliness":
        return word(value, "timeliness")
    return ", ".join(f"D-{number}" for number in value) if name == "numbers" else str(value)
