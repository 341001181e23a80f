"""Values that cannot change: made without checks where code makes them, checked whole wherever they come from outside.

A value is checked when it is read from stored bytes (`codec`, `timeline`), when it is read from what a caller gave
(`read`), and once more before it is written (`checked`): nothing is stored that could not be read again.
"""

import datetime as dt
from typing import Any, TypeVar, dataclass_transform

from msgspec import Struct, StructMeta, ValidationError, convert, field, to_builtins
from msgspec.json import Encoder, decode
from msgspec.structs import asdict, replace

__all__ = [
    "Frozen",
    "FrozenType",
    "ValidationError",
    "as_fields",
    "as_json",
    "checked",
    "field",
    "plain",
    "read",
    "replace",
]

V = TypeVar("V")
F = TypeVar("F", bound="Frozen")

_THEMSELVES = (dt.date, dt.time, dt.datetime, bytes)
"""What stays as it is when a value is taken apart, so that a day in the place of a text is found out."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class FrozenType(StructMeta):
    """The type of values: frozen, made by keyword, with no room for unknown fields; immutable, so never in a cycle."""

    def __new__(mcls, class_name: str, bases: tuple[type, ...], namespace: dict[str, Any], /, **how: Any) -> Any:
        """Make a class of values."""
        how = {"frozen": True, "kw_only": True, "forbid_unknown_fields": True, "gc": False, **how}
        return super().__new__(mcls, class_name, bases, namespace, **how)


class Frozen(Struct, metaclass=FrozenType):
    """A value that cannot change and has no room for what it does not know."""


def read(model: type[V], given: object) -> V:
    """What somebody gave, as a value of the model; days may be texts in ISO form, tuples any collection.

    Raises:
        ValidationError: it does not fit.
    """
    return convert(given, model)


def checked(value: F) -> F:
    """The value with every field, however deep, of the type and within the bounds of its class.

    Raises:
        ValidationError: one of them is not.
    """
    return convert(to_builtins(value, builtin_types=_THEMSELVES, enc_hook=_simple), type(value))


def as_json(value: object) -> bytes:
    """The value as compact JSON in UTF-8, fields in their order; what JSON has no form for stands there as its text.

    Raises:
        UnicodeEncodeError: a text holds half of a surrogate pair, which no bytes stand for.
    """
    return _encode(value)


def plain(value: object) -> Any:
    """The value as JSON has it: mappings, lists, texts and numbers."""
    return decode(as_json(value))


def _simple(value: object) -> object:
    """The text in what is more than a text, such as a phrase; likewise numbers and tuples."""
    match value:
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case tuple():
            return tuple(value)
        case _:
            raise TypeError(f"a value cannot hold a {type(value).__name__}")


def _told(value: object) -> object:
    return _simple(value) if isinstance(value, str | int | tuple) else str(value)


_encode = Encoder(enc_hook=_told).encode


def as_fields(value: Frozen) -> dict[str, Any]:
    """The fields of a value by name, each as it is."""
    return asdict(value)
