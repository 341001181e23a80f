"""What commands print: data on stdout, what goes beside it on stderr, JSON in the documented shapes."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from directives_cli.numbers import show_numbers
from directives_cli.words import as_json_text, harmless
from directives_core.language import _, again, spoken

if TYPE_CHECKING:
    from directives_core import Moment
    from directives_core.results import Written

__all__ = ["say", "say_json", "say_json_list", "say_moment", "tell"]


def say(line: str = "") -> None:
    """Print one line of data; its control characters were made harmless, or are our own colours."""
    print(line)


def say_json(value: Any) -> None:
    """Print one JSON document on one line."""
    print(as_json_text(value))


def say_json_list(around: Mapping[str, Any], name: str, items: Iterable[Any]) -> None:
    """Print one JSON document on one line whose last key holds a list, however long: each item as it comes.

    What goes wrong before there is a first item goes wrong before anything is printed.
    """
    coming = iter(items)
    first = list(islice(coming, 1))
    sys.stdout.write(as_json_text({**around, name: []}).removesuffix("]}"))
    for place, item in enumerate(chain(first, coming)):
        sys.stdout.write((", " if place else "") + as_json_text(item))
    print("]}")


def aside(line: str) -> None:
    """Print one line of talk to stderr."""
    print(harmless(line), file=sys.stderr)


def say_moment(moment: "Moment") -> None:
    """Say on stderr which moment an answer speaks of."""
    aside(spoken(moment))


def tell(
    results: Sequence["Written"],
    *,
    as_json: bool,
    dry_run: bool,
    command_id: str | None = None,
    beside: Mapping[str, Any] | None = None,
) -> None:
    """Tell what was written; `command_id` is that of the whole commit, where it has several results.

    `beside` is what else the JSON says.
    """
    if as_json:
        say_json(_told(results, dry_run=dry_run, command_id=command_id) | dict(beside or {}))
        return
    numbers = _numbers(results)
    say(show_numbers(numbers) if numbers else harmless(", ".join(_names(results))))
    for lost in dict.fromkeys(spoken(lost) for result in results for lost in result.without_effect):
        aside(_("lost: {lost}").format(lost=lost))
    for warning in dict.fromkeys(again(warning) for result in results for warning in result.warnings):
        aside(_("warning: {warning}").format(warning=warning))
    aside(_where(results, dry_run=dry_run))


def _where(results: Sequence["Written"], *, dry_run: bool) -> str:
    if dry_run:
        return _("dry run: nothing was written")
    positions = [position for result in results for position in result.positions]
    version = results[0].version if len(results) == 1 else None
    words = [_("version {version}").format(version=version)] if version is not None else []
    if positions:
        first, last = min(positions), max(positions)
        said = _("position {first}") if first == last else _("positions {first} to {last}")
        words.append(said.format(first=first, last=last))
    return _("recorded: {words}").format(words=", ".join(words or [_("before")]))


def _told(results: Sequence["Written"], *, dry_run: bool, command_id: str | None) -> dict[str, Any]:
    alone = results[0] if command_id is None else None
    names = _names(results)
    return {
        "numbers": _numbers(results),
        **({"name": names[0]} if len(names) == 1 else {}),
        "positions": [position for result in results for position in result.positions],
        "version": alone.version if alone else None,
        "command_id": alone.command_id if alone else command_id,
        "without_effect": [
            {"number": lost.number, "version": lost.version, "type": lost.type, "shares": lost.shares}
            for result in results
            for lost in result.without_effect
        ],
        "warnings": list(dict.fromkeys(warning for result in results for warning in result.warnings)),
        **({"dry_run": True} if dry_run else {}),
        **({} if alone else {"results": [_part(result) for result in results]}),
    }


def _part(result: "Written") -> dict[str, Any]:
    return {
        "number": _numbers([result])[0], "version": result.version, "positions": result.positions,
        "command_id": result.command_id,
    }  # fmt: skip


def _numbers(results: Sequence["Written"]) -> list[int]:
    numbers: list[int] = []
    for result in results:
        if isinstance(result, int):
            numbers.append(int(result))
        elif isinstance(result, tuple):
            numbers += [int(number) for number in result]
    return numbers


def _names(results: Sequence["Written"]) -> list[str]:
    return [str(result) for result in results if isinstance(result, str)]
