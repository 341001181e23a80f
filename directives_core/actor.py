"""Who acts: an id, a name, a unit and roles, vouched for by the embedding application or registered before."""

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import Field, ValidationError, field_validator

from directives_core.errors import BadValue
from directives_core.event import Frozen, Role

__all__ = ["INIT", "Acting", "Actor"]

INIT = "init"
"""What stands as the actor of a register's creation where nobody was named; no actor can have it as an id."""


class Actor(Frozen):
    """Somebody for whom the embedding application vouches; recorded, with a sealed name, on first use.

    `unit` is the name of the actor's unit; one that the register does not know yet is registered with the actor.
    """

    id: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    roles: frozenset[Role] = Field(min_length=1)

    def __init__(self, *, id: str, name: str, unit: str, roles: Collection[Role]) -> None:  # noqa: A002 - the field
        try:
            super().__init__(id=id, name=name, unit=unit, roles=roles)  # type: ignore[call-arg]  # pydantic's own
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(map(str, first["loc"]))
            raise BadValue(f"actor.{field}", first.get("input"), expected=first["msg"]) from error

    @field_validator("id")
    @classmethod
    def _not_reserved(cls, value: str) -> str:
        if value.strip() == INIT:
            raise ValueError(f"{INIT!r} stands for the creation of a register; choose another id")
        return value

    @field_validator("id", "name", "unit")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("must not be blank")
        return value.strip()


@dataclass(frozen=True, slots=True)
class Acting:
    """An actor as the policy sees one: `unit` is the id of the unit."""

    id: str
    unit: str
    roles: frozenset[Role]
