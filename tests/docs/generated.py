"""The parts of the reference that follow from the code: between `<!-- from the code: NAME -->` and `<!-- end -->`."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import directives_core
from directives_core import Register, View, errors
from directives_core.codec import codec
from directives_core.results import Written

__all__ = ["all_errors", "event_types", "public", "with_generated"]

_PART = re.compile(r"(<!-- from the code: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TITLES = {
    "Opened": "The register itself", "Door": "Several writes at once", "Register": "Making and opening",
    "DirectiveWrites": "Work on directives", "RecordWrites": "What a directive says and whose it is",
    "NoticeWrites": "Notices", "OfficeWrites": "The office", "MeetingWrites": "Meetings",
    "SuccessionWrites": "Units that end", "PublishingWrites": "Published figures", "UndoWrites": "Undo",
    "ProofWrites": "Proof", "ErasingWrites": "Erasing", "Reading": "Reading", "Feed": "The feed",
    "Questions": "Comparing moments",
}  # fmt: skip


def with_generated(text: str) -> str:
    """The page with its generated parts as the code is now."""
    return _PART.sub(lambda found: f"{found[1]}\n{_PARTS[found[2]]()}\n\n{found[3]}", text)


def all_errors(kind: type[Exception] = errors.DirectivesError) -> Iterator[type[Exception]]:
    """Every error of `directives_core.errors`, the parents before their children."""
    yield kind
    for child in sorted(kind.__subclasses__(), key=lambda each: each.__name__):
        if child.__module__ == errors.__name__:
            yield from all_errors(child)


def event_types() -> list[str]:
    """Every stored type."""
    return codec.stored_types


def public(kind: type) -> dict[str, Any]:
    """The public attributes of a class by name, in the order in which its classes define them."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__[:-1]):
        found |= {name: value for name, value in vars(each).items() if not name.startswith("_")}
    return found


def _errors() -> str:
    rows = ["| error | is a | exit code | meaning | data |", "|---|---|---|---|---|"]
    for kind in all_errors():
        parent = "" if kind is errors.DirectivesError else f"`{kind.__base__.__name__}`"  # type: ignore[union-attr]
        data = ", ".join(f"`{name}`" for name in dict.fromkeys(_data_of(kind)))
        rows.append(f"| `{kind.__name__}` | {parent} | {_exit_code(kind)} | {_first_line(kind)} | {data} |")
    return "\n".join(rows)


def _exit_code(kind: type[Exception]) -> int:
    codes = ((errors.Misuse, 2), (errors.Conflict, 3), (errors.CheckFailed, 4))
    return next((code for parent, code in codes if issubclass(kind, parent)), 1)


def _data_of(kind: type[Exception]) -> Iterator[str]:
    """The attributes that the nearest `__init__` sets."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind.__init__))) if _has_init(kind) else ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr != "args":
            yield node.attr


def _has_init(kind: type[Exception]) -> bool:
    return kind.__init__ is not Exception.__init__


def _events() -> str:
    rows = ["| stored type | fields | what became true |", "|---|---|---|"]
    for kind in codec._types.values():
        fields = ", ".join(f"`{name}`" for name in kind.__struct_fields__)
        rows.append(f"| `{kind.stored_type}` | {fields} | {_first_line(kind)} |")
        rows += [
            f"| `{kind.type_name}.v{version}` | | An older form of it, which is still read. |"
            for version in range(1, kind.type_version)
        ]
    return "\n".join(rows)


def _register() -> str:
    groups: dict[str, list[str]] = {}
    for name, value in public(Register).items():
        owner = next(each.__name__ for each in reversed(Register.__mro__) if name in vars(each))
        groups.setdefault(_TITLES.get(owner, owner), []).append(_row(name, value))
    order = [*_TITLES.values(), *groups]
    parts = [f"### {title}\n\n{_table(groups[title])}" for title in dict.fromkeys(order) if title in groups]
    return "\n\n".join(parts)


def _of(kind: type) -> Callable[[], str]:
    return lambda: _table([_row(name, value) for name, value in public(kind).items()])


def _names() -> str:
    rows = []
    for name in directives_core.__all__:
        value = getattr(directives_core, name)
        rows.append(f"| `{name}` | {value if isinstance(value, str) else _first_line(value)} |")
    return _table([row for row in rows if "__version__" not in row])


def _table(rows: list[str]) -> str:
    return "\n".join(["| name | meaning |", "|---|---|", *rows])


def _row(name: str, value: Any) -> str:
    if isinstance(value, classmethod | staticmethod):
        value = value.__func__
    shown = f"{name}({_parameters(value)})" if callable(value) else name
    return f"| `{shown}` | {_first_line(value)} |"


def _parameters(function: Callable[..., Any]) -> str:
    shown, starred = [], False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            shown.append("*")
            starred = True
        stars = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        shown.append(f"{stars}{parameter.name}{default}")
    return ", ".join(shown)


def _first_line(value: Any) -> str:
    return (inspect.getdoc(value) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


_PARTS: dict[str, Callable[[], str]] = {
    "errors": _errors, "events": _events, "register": _register, "view": _of(View), "results": _of(Written),
    "names": _names,
}  # fmt: skip
