"""Everything that people read is in the catalogues, translated, with the same fields, and compiled."""

import ast
from string import Formatter
from typing import get_args

import pytest
from babel.messages.catalog import Message

from directives_core.codec import codec
from directives_core.directive.events import INVERSE, Kind
from directives_core.directive.standing import Timeliness
from directives_core.directive.state import WorkState
from directives_core.event import Role
from directives_core.figures import Tally
from directives_core.language.words import WORDS
from directives_core.views.why import DIRECTIVE_FIELDS, SHARE_FIELDS
from tests.language import messages

HINT = "run `make messages`, and translate what is empty in the .po"


@pytest.fixture(params=messages.TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said(catalogue: str) -> list[Message]:
    return [message for message in messages.kept(catalogue) if message.id]


def fields(template: str) -> set[tuple[str, str, str]]:
    """The fields of a template, with how their values are converted and formatted; none where braces are no fields."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        return set()
    return {(name, spec or "", conversion or "") for _literal, name, spec, conversion in parsed if name is not None}


def test_every_message_of_the_code_is_translated(language: str) -> None:
    translated = {(str(m.id), m.context) for m in said(language) if messages.is_translated(m)}

    missing = [found.text for found in messages.messages() if (str(found.text), found.context) not in translated]

    assert not missing, HINT


def test_no_message_is_left_of_code_that_is_gone(language: str) -> None:
    known = {(str(found.text), found.context) for found in messages.messages()}

    assert [m.id for m in said(language) if (str(m.id), m.context) not in known] == [], HINT
    assert not messages.kept(language).obsolete, HINT


def test_no_translation_is_a_guess(language: str) -> None:
    assert [m.id for m in said(language) if m.fuzzy] == []


def test_a_translation_has_the_fields_of_its_message_and_no_others(language: str) -> None:
    wrong = []
    for message in said(language):
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        known = set().union(*map(fields, texts))
        wanted = set.intersection(*map(fields, texts)) - ({("n", "", "")} if len(texts) > 1 else set())
        wrong += [text for text in strings if not wanted <= fields(text) <= known]

    assert wrong == []


def test_the_compiled_catalogue_is_what_the_readable_one_compiles_to(language: str) -> None:
    compiled = messages.po_file(language).with_suffix(".mo").read_bytes()

    assert compiled == messages.compiled(language), HINT


def test_no_text_is_made_before_it_is_translated() -> None:
    assert messages.unreadable() == []


@pytest.mark.parametrize(
    ("about", "codes"),
    [
        ("status", get_args(WorkState)),
        ("timeliness", get_args(Timeliness)),
        ("kind", get_args(Kind)),
        ("role", (*get_args(Role), "lead", "cooperating", "addressed")),
        ("event", tuple(codec._types)),
        ("relation", tuple(INVERSE)),
        ("figure", tuple(Tally().as_json())),
        ("field", (*DIRECTIVE_FIELDS, *SHARE_FIELDS)),
    ],
)
def test_every_code_has_its_word(about: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if code not in WORDS[about]] == []


def test_every_kind_of_change_has_its_word() -> None:
    own = {"new", "result-reported", "entered-late", "retracted", "fallen-overdue", "due-soon"}
    made = {name.removeprefix("directive.") for name in codec._types if name.startswith("directive.")} - {"assigned"}

    assert sorted((own | made) - set(WORDS["change"])) == []


def test_what_an_event_holds_has_its_word() -> None:
    held = {field for payload in codec._types.values() for field in payload.__struct_fields__}

    assert sorted(held - set(WORDS["field"])) == []


def test_the_extractor_sees_what_it_must(tmp_path) -> None:
    """The test of the test: an f-string is told, a constant and a marked text are not."""
    tree = ast.parse('_(f"{x}")\n_("text")\nsaid = "other"\nPhrase(said)\nPhrase(x + "y")\n_(HEADS[x])')
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = messages._constants(tree)

    found = {call.lineno: messages._texts(call.args[0], named, messages._called(call) == "_") for call in calls}

    assert found == {1: [None], 2: ["text"], 4: ["other"], 5: [None], 6: [""]}
