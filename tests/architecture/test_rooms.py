"""What every room of the house has in common: a sentence that says what lives in it, explicit names, a modest size."""

import ast
import re

import pytest

import directives_adapters
import directives_core
from tests.architecture.test_imports import MODULES, PACKAGES

LONGEST_FILE, LONGEST_FUNCTION = 320, 60
LONGER = {"directives_core.errors"}
"""Long for a reason: the tree of errors is drawn and kept in one place."""

TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def names_of(name: str) -> list[str] | None:
    """What stands in `__all__`."""
    for node in TREES[name].body:
        if isinstance(node, ast.Assign) and [target.id for target in node.targets if isinstance(target, ast.Name)] == [
            "__all__"
        ]:
            return ast.literal_eval(node.value)
    return None


def test_a_module_says_in_one_sentence_what_lives_in_it():
    silent = [name for name in MODULES if not (ast.get_docstring(TREES[name]) or "").split("\n\n")[0].endswith(".")]

    assert silent == []


def test_a_module_names_what_it_offers():
    def offers(name: str) -> bool:
        kinds = ast.FunctionDef | ast.ClassDef
        return any(isinstance(node, kinds) and not node.name.startswith("_") for node in TREES[name].body)

    assert [name for name in MODULES if offers(name) and names_of(name) is None] == []
    twice = [name for name in MODULES if len(names_of(name) or ()) != len(set(names_of(name) or ()))]
    assert twice == []


def test_a_module_can_be_read_at_one_sitting():
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in MODULES.items() if name not in LONGER}

    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_a_function_can_be_seen_at_one_glance():
    lines = {
        f"{name}.{node.name}": lines_of(node)
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: count for name, count in lines.items() if count > LONGEST_FUNCTION} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How long it is without its docstring."""
    first, *rest = function.body
    code = rest if rest and ast.get_docstring(function) else [first, *rest]
    return (function.end_lineno or 0) - code[0].lineno + 2


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_typed(package):
    assert (PACKAGES[package] / "py.typed").exists()


def test_the_core_offers_these_names_and_no_others():
    assert directives_core.__all__ == [
        "Actor", "Attachment", "DefaultPolicy", "DirectivesError", "Event", "Moment", "NoticeDraft", "Policy",
        "Register", "Source", "View", "__version__", "read_notice",
    ]  # fmt: skip
    for name in directives_core.__all__:
        assert getattr(directives_core, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Registers'"):
        _ = directives_core.Registers


def test_the_adapters_offer_these_names_and_no_others():
    offered = ["StoreModule", "create_register", "open_register", "read_register", "store_module"]

    assert directives_adapters.__all__ == offered


def test_every_error_stands_in_the_tree_that_is_drawn_and_in_the_list_of_names():
    from directives_core import errors

    drawn = set(re.findall(r"\w+", errors.__doc__ or "")) | {"UnknownUnits"}
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    defined = [value for value in classes if value.__module__ == errors.__name__]

    assert {error.__name__ for error in defined} == set(errors.__all__)
    assert set(errors.__all__) - drawn == set()
    assert all(issubclass(error, errors.DirectivesError) for error in defined)


def test_no_machine_is_named():
    machines = re.compile(r"(/home/\w|/tmp/\w|/work/|C:\\)")

    assert [name for name, path in MODULES.items() if machines.search(path.read_text(encoding="utf-8"))] == []
