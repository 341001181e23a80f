"""Any payload of a type: what hypothesis builds from the fields and their bounds."""

import datetime as dt
import types
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from directives_core.recurrence import Recurrence

RULES = (
    Recurrence(every="month", day=22),
    Recurrence(every="week", day=5),
    Recurrence(every="quarter", month=1, day=31),
    Recurrence(every="half-year", day=15),
    Recurrence(every="year", month=6, day=30),
)
SMALL_JSON = st.dictionaries(st.text(), st.integers(-9, 9) | st.text() | st.booleans() | st.none(), max_size=3)


def payloads(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any value of the model."""
    if model is Recurrence:
        return st.sampled_from(RULES)
    return st.builds(model, **{name: field_values(field) for name, field in model.model_fields.items()})


def field_values(field: FieldInfo) -> st.SearchStrategy[Any]:
    bounds: dict[str, Any] = {}
    for bound in field.metadata:
        match bound:
            case annotated_types.Ge(ge=least):
                bounds["min_value"] = least
            case annotated_types.Le(le=greatest):
                bounds["max_value"] = greatest
            case annotated_types.MinLen(min_length=least):
                bounds["min_size"] = least
            case annotated_types.MaxLen(max_length=greatest):
                bounds["max_size"] = greatest
            case _ if pattern := getattr(bound, "pattern", None):
                return st.from_regex(pattern, fullmatch=True).map(lambda text: text.rstrip("\n"))
    return values(field.annotation, bounds)


def values(annotation: Any, bounds: dict[str, Any]) -> st.SearchStrategy[Any]:
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return st.one_of([values(each, {} if each is type(None) else bounds) for each in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0], {}), **{"max_size": 3, **bounds}).map(tuple)
    if origin is dict:
        return SMALL_JSON if arguments[1] is Any else st.dictionaries(*(values(a, {}) for a in arguments), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
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
