"""What a write gives back: the number, numbers or name that it is about, with what it wrote and what it told."""

from collections.abc import Iterable
from typing import Any, Self

from msgspec import Struct
from msgspec.json import decode

from directives_core.language import Phrase, Word
from directives_core.values import as_json

__all__ = ["Lost", "Name", "Number", "Numbers", "Told", "Written"]


class Lost(Struct, frozen=True):
    """A recorded event that a write robbed of its effect on the named shares (0: the directive itself)."""

    number: int
    version: int
    type: str
    shares: tuple[int, ...]

    @property
    def phrase(self) -> Phrase:
        """The sentence that tells it."""
        return Phrase(
            "event {version} of D-{number} ({type}) is now without effect", version=self.version, number=self.number,
            type=Word(self.type, "event"),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.phrase)


class Told(Struct, frozen=True):
    """What a write wrote and what its writer should know.

    `positions` are those of its events, in order; `version` is the directive's afterwards, where it is about one;
    `without_effect` lists recorded events that it robbed of their effect; `warnings` are sentences.
    """

    command_id: str
    positions: tuple[int, ...] = ()
    version: int | None = None
    without_effect: tuple[Lost, ...] = ()
    warnings: tuple[str, ...] = ()


class Written:
    """What all results of writes have in common."""

    told: Told

    @property
    def command_id(self) -> str:
        """The id of the command; sent again with the same request, it gives this result again."""
        return self.told.command_id

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions of the events that were written, in order."""
        return self.told.positions

    @property
    def version(self) -> int | None:
        """The version of the directive after the write, for `if_version`; none where it is not about one directive."""
        return self.told.version

    @property
    def without_effect(self) -> tuple[Lost, ...]:
        """The recorded events that the write robbed of their effect."""
        return self.told.without_effect

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences that the writer should read."""
        return self.told.warnings


class Number(int, Written):
    """The number of the directive that was written to."""

    def __new__(cls, value: int, told: Told) -> Self:
        """The number with what was told."""
        number = super().__new__(cls, value)
        number.told = told
        return number


class Numbers(tuple[int, ...], Written):
    """The numbers of the directives that were written to, in order."""

    told: Told

    def __new__(cls, value: Iterable[int], told: Told) -> Self:
        """The numbers with what was told."""
        numbers = super().__new__(cls, value)
        numbers.told = told
        return numbers


class Name(str, Written):
    """The id or name of what was written to: a unit, an actor, a class, a meeting."""

    def __new__(cls, value: str, told: Told) -> Self:
        """The name with what was told."""
        name = super().__new__(cls, value)
        name.told = told
        return name


def dump(result: Written) -> str:
    """The result as it is kept beside its command."""
    return as_json({"kind": type(result).__name__, "value": result, "told": result.told}).decode()


def load(text: str) -> Written:
    """The result that was kept."""
    kept = decode(text)
    told = kept["told"]
    told = Told(
        command_id=told["command_id"], positions=tuple(told["positions"]), version=told["version"],
        without_effect=tuple(Lost(**{**each, "shares": tuple(each["shares"])}) for each in told["without_effect"]),
        warnings=tuple(told["warnings"]),
    )  # fmt: skip
    kinds: dict[str, Any] = {"Number": Number, "Numbers": Numbers, "Name": Name}
    result: Written = kinds[kept["kind"]](kept["value"], told)
    return result
