"""The catalogues, made from the code: `python -m tests.language.messages` updates each .po and compiles its .mo."""

import ast
import inspect
import io
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from directives_cli.group import directives
from directives_cli.table import FOOT, HEAD, SECTIONS
from directives_core.language.speaking import CATALOGUES, LANGUAGES
from directives_core.language.words import WORDS
from tests.cli.reference import leaves

ROOT = Path(__file__).parents[2]
SOURCES = ("directives_core", "adapters", "cli")
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")
_ONE = {"_", "Phrase", "marked", "Column"}
_TWO = {"ngettext", "Phrase.counted"}
# What says texts that were marked where they stand.
_LATER = {"_", "Column"}
# The room that says what others wrote passes on texts that it was given.
_PASSES_ON = (Path("directives_core/language"), Path("cli/directives_cli/table_text.py"))
_SPEAK = ("directives_core.language", "directives_cli.table_text")
_HEADER = "# What people read in Vietnamese; made from the code by `make messages`, translated by hand.\n#"


class Found(NamedTuple):
    """A message of the code: its text or texts, the context, and the file that it stands in."""

    text: str | tuple[str, str]
    where: str
    context: str | None = None


class Ours(Catalog):
    """A catalogue whose header says nothing that changes by itself, such as days and versions of tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def messages() -> list[Found]:
    """Every message that the code can say, each once, in the order of the files."""
    found: dict[tuple[object, str | None], Found] = {}
    for each in (*_written(), *_words(), *_commands(), *_sections()):
        found.setdefault((each.text, each.context), each)
    return list(found.values())


def unreadable() -> list[str]:
    """Where a text is made before it is translated, so that no catalogue can know it."""
    return [f"{path}:{call.lineno}" for path, call, texts in _calls() if not texts]


def _written() -> Iterator[Found]:
    for path, call, texts in _calls():
        if texts and _called(call) == "pgettext":
            yield Found(texts[1], str(path), context=texts[0])
        elif texts and (_called(call) in _TWO or len(texts) > 1):
            yield Found((texts[0], texts[1]), str(path))
        elif texts:
            yield Found(texts[0], str(path))


def _calls() -> Iterator[tuple[Path, ast.Call, list[str]]]:
    """The calls that say something, with their texts; without any where they are not plain texts."""
    for top in SOURCES:
        for file in sorted((ROOT / top).rglob("*.py")):
            path = file.relative_to(ROOT)
            if any(path.is_relative_to(room) for room in _PASSES_ON):
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            ours = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_SPEAK)
                for alias in node.names
            }
            says = ours & {*_ONE, *_TWO, "pgettext"} | ({"Phrase.counted"} if "Phrase" in ours else set())
            named = _constants(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and (name := _called(node)) in says:
                    first = node.args[: len(node.args) if name == "marked" else 1 if name in _ONE else 2]
                    for texts in product(*(_texts(each, named, name in _LATER) for each in first)):
                        if "" not in texts:
                            yield path, node, [text for text in texts if text is not None]


def _constants(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What is given to the names of a module, for texts that stand in a line of their own."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    return named


def _texts(given: ast.expr, named: dict[str, list[ast.expr]], later: bool) -> list[str | None]:
    """The texts that an argument can be; none where no catalogue can know it, "" where it was marked elsewhere."""
    match given:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return [*_texts(body, named, later), *_texts(other, named, later)]
        case ast.Name(id=name) if any(isinstance(each, ast.Constant) for each in named.get(name, ())):
            texts = [each.value for each in named[name] if isinstance(each, ast.Constant)]
            return [text for text in texts if isinstance(text, str)]
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call() if later:
            return [""]
        case _:
            return [None]


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id="Phrase"), attr=name):
            return f"Phrase.{name}"
        case _:
            return ""


def _words() -> Iterator[Found]:
    for about, table in WORDS.items():
        for text in table.values():
            yield Found(text, "directives_core/language/words.py", context=about)


def _commands() -> Iterator[Found]:
    """What the help of every command and group says."""
    context = click.Context(directives)
    for _, entries in SECTIONS:
        for entry in entries:
            command = directives.get_command(context, entry.name)
            assert command is not None
            groups = [command] if isinstance(command, click.Group) else []
            for each in (*groups, *(leaf for _path, leaf in leaves(command))):
                where = f"cli/directives_cli/commands/{entry.where.partition(':')[0]}.py"
                if each.help:
                    yield Found(inspect.cleandoc(each.help), where)
                for option in each.params:
                    if isinstance(option, click.Option) and option.help and not option.hidden:
                        yield Found(option.help, where)


def _sections() -> Iterator[Found]:
    yield Found(HEAD, "cli/directives_cli/table.py")
    yield Found(FOOT, "cli/directives_cli/table.py")
    for title, entries in SECTIONS:
        yield Found(title, "cli/directives_cli/table.py")
        for entry in entries:
            yield Found(entry.summary, "cli/directives_cli/table.py")


def po_file(language: str) -> Path:
    return Path(CATALOGUES) / language / "LC_MESSAGES" / "directives.po"


def kept(language: str) -> Catalog:
    """The catalogue as it was translated; an empty one where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def updated(language: str) -> Catalog:
    """The messages of the code, with the translations that are kept."""
    old = kept(language)
    catalogue = Ours(locale=language, header_comment=_HEADER, fuzzy=False, charset="utf-8")
    for found in messages():
        before = old.get(found.text, found.context)
        catalogue.add(
            found.text, before.string if before else None, [(found.where, None)],
            flags=(before.flags & {"fuzzy"}) if before else (), context=found.context,
        )  # fmt: skip
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return written.getvalue()


def compiled(language: str) -> bytes:
    """The bytes of the .mo that the .po compiles to."""
    translated = Ours(locale=language, header_comment=_HEADER, fuzzy=False, charset="utf-8")
    for message in kept(language):
        if message.id and not message.fuzzy and is_translated(message):
            translated.add(message.id, message.string, context=message.context)
    written = io.BytesIO()
    write_mo(written, translated)
    return written.getvalue()


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


def main() -> None:
    for language in TRANSLATED:
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(updated(language)))
        path.with_suffix(".mo").write_bytes(compiled(language))
        missing = [message for message in kept(language) if message.id and not is_translated(message)]
        sys.stdout.write(f"{language}: {len(kept(language))} messages, {len(missing)} of them not translated\n")


if __name__ == "__main__":
    main()
