"""Which package may import which: the directions of the house, read from the sources."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.given import assign

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "directives_core": ROOT / "directives_core",
    "directives_adapters": ROOT / "adapters" / "directives_adapters",
    "directives_cli": ROOT / "cli" / "directives_cli",
}
DRIVERS = {"sqlite3", "psycopg", "psycopg2", "asyncpg"}
FILE_FORMATS = {"zipfile", "xml", "csv", "openpyxl", "docx", "pypdf", "html"}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the distribution, by its dotted name."""
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            yield ".".join((package, *(part for part in parts if part != "__init__"))), path


MODULES = dict(modules())


def imports(path: Path) -> set[str]:
    """The dotted names that a module imports anywhere in it, also by name at run time."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found.update(name.name for name in names)
            case ast.ImportFrom(module=module, level=0):
                found.add(str(module))
            case ast.ImportFrom():
                pytest.fail(f"{path}: a relative import")
            case ast.Call(func=ast.Name("import_module"), args=[ast.Constant(name)]):
                found.add(str(name))
    return found


IMPORTS = {name: imports(path) for name, path in MODULES.items()}


def tops(name: str) -> set[str]:
    return {imported.partition(".")[0] for imported in IMPORTS[name]}


def of(package: str) -> list[str]:
    return [name for name in MODULES if name == package or name.startswith(f"{package}.")]


def is_for_testing(name: str) -> bool:
    return name.startswith("directives_core.testing")


def test_the_core_imports_no_adapter_no_terminal_no_driver_and_no_file_format():
    may = {*sys.stdlib_module_names, "directives_core", "msgspec", "pydantic", "cryptography", "holidays"}
    may |= {"eventsourcing", "annotated_types", "babel"}
    may -= DRIVERS | FILE_FORMATS

    beyond = {name: tops(name) - may for name in of("directives_core") if not is_for_testing(name)}

    assert {name: imported for name, imported in beyond.items() if imported} == {}


def test_one_room_of_the_core_imports_the_event_sourcing_package():
    rooms = [name for name in of("directives_core") if "eventsourcing" in tops(name)]

    assert rooms == ["directives_core.log.application"]


def test_one_room_of_the_core_imports_what_writes_days_and_numbers():
    assert [name for name in of("directives_core") if "babel" in tops(name)] == ["directives_core.language.writing"]


SHARED = (
    "directives_adapters.sheets",  # workbooks: what reads and writes them safely, for reviews, registers and exports
)
"""What several rooms of the adapters stand on."""
PACKED = ("directives_adapters.sheets", "directives_adapters.documents")
"""A workbook is a package of parts as a .docx is: it is unpacked and decoded within the same limits."""


def is_shared(name: str, imported: str) -> bool:
    return imported.startswith(SHARED) or (name.startswith(PACKED[0]) and imported.startswith(PACKED[1]))


def test_adapters_import_no_terminal_and_not_one_another():
    strangers = [
        (name, imported)
        for name in of("directives_adapters")
        for imported in IMPORTS[name]
        if imported.startswith(("directives_cli", "click"))
        or (
            imported.startswith("directives_adapters.")
            and name != "directives_adapters"
            and imported.split(".")[:2] != name.split(".")[:2]
            and not is_shared(name, imported)
        )
    ]

    assert strangers == []


def test_the_terminal_imports_no_driver():
    assert [name for name in of("directives_cli") if tops(name) & (DRIVERS | {"eventsourcing"})] == []


def test_nothing_but_tests_imports_what_is_for_testing():
    using = [name for name in MODULES if not is_for_testing(name) and any(map(is_for_testing, IMPORTS[name]))]

    assert using == []


def test_a_driver_is_imported_in_the_module_of_its_technology_alone():
    homes = {"sqlite3": "directives_adapters.sqlite", "psycopg": "directives_adapters.postgresql"}
    strays = [
        (name, driver)
        for name in MODULES
        for driver, home in homes.items()
        if driver in tops(name) and not name.startswith(home) and not is_for_testing(name)
    ]

    assert strays == []


def test_a_fold_and_its_events_know_nothing_of_a_store_or_a_register():
    pure = [*of("directives_core.directive"), *of("directives_core.office"), "directives_core.event"]

    for name in pure:
        for imported in IMPORTS[name]:
            assert not imported.startswith(("directives_core.register", "directives_core.store", "directives_core.log"))
            assert not imported.startswith(("directives_core.views", "directives_core.moment"))


def test_the_help_of_the_command_line_imports_nothing_dear():
    if "directives_cli.main" not in MODULES:
        pytest.skip("there is no command line yet")
    told = "import sys; import directives_cli.main; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()

    assert not {"pydantic", "eventsourcing", "holidays", "cryptography", "sqlite3"} & set(loaded)


def test_a_list_waits_for_nothing_that_only_others_need(sqlite_register, url):
    assign(sqlite_register)
    listing = f"""
import sys
from directives_cli.group import directives
directives.main(["list", "--unit", "Cán Khê", "--store", {url!r}], standalone_mode=False)
print("imported", *sys.modules)
"""

    told = subprocess.run([sys.executable, "-c", listing], capture_output=True, encoding="utf-8", check=True)

    imported = set(told.stdout.splitlines()[-1].split())
    ours = {name.split(".")[1] for name in imported if name.startswith("directives_core.")}
    assert "D-1" in told.stdout
    assert not {"pydantic", "eventsourcing", "cryptography", "holidays", "babel", "psycopg", "subprocess"} & imported
    assert not {f"directives_core.register.{name}" for name in ("door", "session", "whole", "assigning")} & imported
    assert not {"proof", "reader", "deadline", "keeping", "testing"} & ours
    views = {name for name in imported if name.startswith("directives_core.views.")}
    assert views == {f"directives_core.views.{name}" for name in ("directive", "filters", "likely", "view")}
