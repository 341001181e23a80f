"""Any payload of a type: what hypothesis builds from the fields and their bounds."""

import datetime as dt
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from directives_core.recurrence import Recurrence

RULES = (
    Recurrence(every="month", day=22),
    Recurrence(every="week", day=5),
    Recurrence(every="quarter", month=1, day=31),
    Recurrence(every="half-year", day=15),
    Recurrence(every="year", month=6, day=30),
)
SMALL_JSON = st.dictionaries(st.text(), st.integers(-9, 9) | st.text() | st.booleans() | st.none(), max_size=3)


def payloads(model: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Any value of the model."""
    if model is Recurrence:
        return st.sampled_from(RULES)
    return st.builds(model, **{field.name: values(field.type, {}) for field in msgspec.structs.fields(model)})


def bounded(kind: Any, bound: msgspec.Meta) -> st.SearchStrategy[Any]:
    """Any value of the type that is within the bounds."""
    if bound.pattern is not None:
        return st.from_regex(bound.pattern, fullmatch=True)
    bounds = {
        "min_value": bound.ge, "max_value": bound.le, "min_size": bound.min_length, "max_size": bound.max_length,
    }  # fmt: skip
    return values(kind, {name: value for name, value in bounds.items() if value is not None})


def values(annotation: Any, bounds: dict[str, Any]) -> st.SearchStrategy[Any]:
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin is Annotated:
        return bounded(arguments[0], arguments[1])
    if origin in (Union, types.UnionType):
        return st.one_of([values(each, {} if each is type(None) else bounds) for each in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0], {}), **{"max_size": 3, **bounds}).map(tuple)
    if origin is dict:
        return SMALL_JSON if arguments[1] is Any else st.dictionaries(*(values(a, {}) for a in arguments), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return payloads(annotation)
    return {
        type(None): st.none,
        str: lambda: st.text(**bounds),
        int: lambda: st.integers(**{"min_value": 0, "max_value": 10**9, **bounds}),
        float: lambda: st.floats(allow_nan=False, **bounds),
        bool: st.booleans,
        dt.date: st.dates,
        dt.time: st.times,
    }[annotation]()
