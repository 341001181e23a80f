"""Who acts: an id, a name, a unit and roles, vouched for by the embedding application or registered before."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from directives_core.errors import BadValue
from directives_core.event import Role
from directives_core.language import Phrase
from directives_core.misfit import misfit
from directives_core.values import Frozen, ValidationError, checked

__all__ = ["INIT", "Acting", "Actor"]

INIT = "init"
"""What stands as the actor of a register's creation where nobody was named; no actor can have it as an id."""

_NotEmpty = Meta(min_length=1)


class _Given(Frozen):
    """What was said of an actor, of the right types."""

    id: Annotated[str, _NotEmpty, Meta(max_length=200)]
    name: Annotated[str, _NotEmpty]
    unit: Annotated[str, _NotEmpty]
    roles: Annotated[frozenset[Role], _NotEmpty]


class Actor(Frozen):
    """Somebody for whom the embedding application vouches; recorded, with a sealed name, on first use.

    `unit` is the name of the actor's unit; one that the register does not know yet is registered with the actor.

    Raises:
        BadValue: a field is blank, too long, or of the wrong form.
    """

    id: str
    name: str
    unit: str
    roles: frozenset[Role]

    if TYPE_CHECKING:

        def __init__(self, *, id: str, name: str, unit: str, roles: Collection[Role]) -> None: ...  # noqa: A002

    def __post_init__(self) -> None:
        """Take blanks off the ends, and refuse what cannot be an actor."""
        said = _Given(id=self.id, name=self.name, unit=self.unit, roles=self.roles)
        try:
            given = checked(said)
        except ValidationError as error:
            raise misfit("actor", error, said, _Given) from error
        for field in ("id", "name", "unit"):
            value = getattr(given, field).strip()
            if not value:
                raise BadValue(f"actor.{field}", getattr(given, field), expected=Phrase("a text that is not blank"))
            force_setattr(self, field, value)
        force_setattr(self, "roles", given.roles)
        if self.id == INIT:
            expected = Phrase("another id: {id!r} stands for the creation of a register", id=INIT)
            raise BadValue("actor.id", self.id, expected=expected)


class Acting(Struct, frozen=True):
    """An actor as the policy sees one: `unit` is the id of the unit."""

    id: str
    unit: str
    roles: frozenset[Role]
