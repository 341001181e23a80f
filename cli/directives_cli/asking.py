"""What a command was asked for beside its own arguments: a `Write` carries it out, a `Read` opens the moment."""

import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct, field

from directives_cli.answers import say_moment, tell
from directives_cli.numbers import read_numbers
from directives_cli.place import opened, opened_to_read
from directives_cli.progress import progress
from directives_core.language import _

if TYPE_CHECKING:
    from directives_core import Register, View
    from directives_core.register.questions import Questions
    from directives_core.results import Written

__all__ = ["Read", "Write"]

Do = Callable[["Register", dict[str, Any]], "Written"]
DoTo = Callable[["Register", str, dict[str, Any]], "Written"]


class Write(Struct, frozen=True):
    """One call of a writing command: where, how, and what its answer looks like."""

    store: str | None
    as_json: bool
    dry_run: bool
    how: dict[str, Any]
    shares: dict[str, Any] = field(default_factory=dict)

    def once(self, do: Do, *, beside: Callable[[], dict[str, Any]] = dict) -> None:
        """Carry out one write, and tell what came of it; `beside` gives what else its JSON holds."""
        with opened(self.store) as register:
            how = self._how()
            with register.batch(dry_run=True) if self.dry_run else nullcontext():
                result = do(register, how)
        tell([result], as_json=self.as_json, dry_run=self.dry_run, beside=beside())

    def each(self, n: str, do: DoTo) -> None:
        """Carry out a write on every directive named, in one commit, and tell what came of it."""
        numbers = read_numbers(n)
        if len(numbers) == 1:
            self.once(lambda register, how: do(register, numbers[0], how | self._on(register, numbers[0])))
            return
        if self.how["if_version"] is not None:
            raise click.UsageError(_("--if-version speaks of one directive; name one alone"))
        with opened(self.store) as register:
            how = self._how()
            command_id = how.pop("command_id", None) or uuid.uuid4().hex
            ways = [(number, how | self._on(register, number)) for number in numbers]
            try:
                with register.batch(dry_run=self.dry_run, command_id=command_id):
                    results = [do(register, number, way) for number, way in progress(ways, _("writing"))]
            except Exception as error:
                error.add_note(_("they are one commit ({n}): nothing was written").format(n=n))
                raise
        tell(results, as_json=self.as_json, dry_run=self.dry_run, command_id=command_id)

    @contextmanager
    def opened(self) -> Iterator[tuple["Register", dict[str, Any]]]:
        """The register, open while the block runs, and what every write of this call takes."""
        with opened(self.store) as register:
            yield register, self._how()

    def unit(self, register: "Register", text: str, *, leading: str | None = None) -> str:
        """The id of the unit that was meant; the text itself where it fits none, for the library to judge."""
        from directives_core.errors import UnitEnded, UnknownUnit

        try:
            return register.find_unit(text, on=self._day(), leading=leading).id
        except (UnknownUnit, UnitEnded):
            return text

    def wording(self, register: "Register", text: str | None) -> str | None:
        """The full name of the unit that was meant; the text itself where it fits none, or several."""
        from directives_core.errors import Refused

        if text is None:
            return None
        try:
            return register.find_unit(text, on=self._day()).name
        except Refused:
            return text

    def units(self, register: "Register", texts: Sequence[str], *, classes: bool = False) -> list[str]:
        """The ids of several units; with `classes` the wording of a class stands for itself."""
        return [text if classes and _is_class(register, text) else self.unit(register, text) for text in texts]

    def _how(self) -> dict[str, Any]:
        given = {name: value for name, value in self.how.items() if value is not None}
        if "source" in given:
            given["source"] = _source(given["source"])
        return given

    def _on(self, register: "Register", number: str) -> dict[str, Any]:
        """Whose shares of the directive are meant."""
        on = {name: value for name in ("all_units", "period") if (value := self.shares.get(name))}
        if units := self.shares.get("unit"):
            on["unit"] = [self.unit(register, unit, leading=number) for unit in units]
        return on

    def _day(self) -> Any:
        from directives_core.register.how import as_day_or_none

        return as_day_or_none("--effective-on", self.how["effective_on"])


class Read(Struct, frozen=True):
    """One call of a reading command: where, and the moment that is asked for."""

    store: str | None
    as_json: bool
    as_of: str | None
    known_at: str | None

    @contextmanager
    def view(self) -> Iterator[tuple["Questions", "View"]]:
        """The register and its view of the moment, which is said on stderr."""
        with opened_to_read(self.store) as register:
            view = register.as_of(self.as_of, known_at=self.known_at)
            say_moment(view.moment)
            yield register, view

    @contextmanager
    def whole(self) -> Iterator[tuple["Register", "View"]]:
        """As `view`, with the writes: for what publishes, signs or draws a document of the register."""
        with opened(self.store) as register:
            view = register.as_of(self.as_of, known_at=self.known_at)
            say_moment(view.moment)
            yield register, view

    @property
    def asked(self) -> bool:
        """Whether another moment than now is asked for."""
        return self.as_of is not None or self.known_at is not None


def _is_class(register: "Register", text: str) -> bool:
    from directives_core.errors import UnknownClass
    from directives_core.office.names import find_class

    try:
        find_class(register.as_of().office, text)
    except UnknownClass:
        return False
    return True


def _source(text: str) -> Any:
    """The number of a document, or all that is known of it as a JSON object."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise click.UsageError(
            _("--source: {text!r} begins like a JSON object and is none").format(text=text)
        ) from None
