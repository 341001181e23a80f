"""A register is one URL: which store answers to it, and which file it names."""

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from directives_adapters import memory, open_register, sqlite, store_module
from directives_adapters.memory import MemoryStore
from directives_adapters.sqlite.place import path_of
from directives_core.errors import BadValue, RegisterMissing, UnknownStore


@pytest.mark.parametrize(("url", "path"), [
    ("sqlite:///office.db", "office.db"),
    ("sqlite:///2021/office.db", "2021/office.db"),
    ("sqlite:////srv/office.db", "/srv/office.db"),
    ("sqlite:///s%E1%BB%95%20theo%20d%C3%B5i.db", "sổ theo dõi.db"),
    ("sqlite:///sổ theo dõi.db", "sổ theo dõi.db"),
    ("sqlite:///50%25%3F%23.db", "50%?#.db"),
    ("sqlite:///C:/office.db", "C:/office.db"),
])  # fmt: skip
def test_a_url_names_a_file(url: str, path: str) -> None:
    assert path_of(url) == Path(path)


@pytest.mark.parametrize("url", [
    "sqlite:", "sqlite://", "sqlite:///", "sqlite:office.db", "sqlite:/office.db", "sqlite://office.db",
    "sqlite:///:memory:", "sqlite:///office.db?mode=ro", "sqlite:///office.db#1", "sqlite:///a%00b",
])  # fmt: skip
def test_a_url_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(BadValue, match="sqlite:///relative"):
        open_register(url)


@pytest.mark.parametrize("url", ["", "office.db", "mysql://host/db", "SQLITE", ":", "C:/office.db"])
def test_an_unknown_store_is_refused_with_the_known_ones(url: str) -> None:
    with pytest.raises(UnknownStore, match=r"known are .*memory:, .*sqlite:"):
        open_register(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(UnknownStore) as raised:
        open_register("mysql://hoa:secret@host/db")

    assert "secret" not in str(raised.value)
    assert "secret" not in raised.value.url


def test_a_register_in_memory_is_never_found() -> None:
    with pytest.raises(RegisterMissing, match="memory:"):
        open_register("memory:")
    with pytest.raises(BadValue, match="without a name"):
        open_register("memory:office")


def test_what_is_missing_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(RegisterMissing, match="office"):
        open_register("sqlite:///office.db")

    assert list(tmp_path.iterdir()) == []


class Elsewhere:
    """What an entry point may deliver."""

    def create_store(self, url: str, fill: object) -> MemoryStore:
        raise NotImplementedError

    def open_store(self, url: str) -> MemoryStore:
        raise RegisterMissing(f"elsewhere, at {url}")


elsewhere = Elsewhere()


@pytest.fixture
def _offered(monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        [
            EntryPoint("elsewhere", f"{__name__}:elsewhere", "directives.stores"),
            EntryPoint("sqlite", "no.such.module", "directives.stores"),
        ]
    )
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points.select(group=group))


@pytest.mark.usefixtures("_offered")
def test_other_packages_offer_stores_of_their_own_and_replace_none_of_ours() -> None:
    with pytest.raises(RegisterMissing, match="elsewhere, at elsewhere:x"):
        open_register("elsewhere:x")
    with pytest.raises(UnknownStore, match=r"elsewhere:, memory:, .*sqlite:"):
        open_register("nowhere:x")

    assert store_module("sqlite:///x") is sqlite
    assert store_module("memory:") is memory
