"""A URL names a register in a database, and nothing that is secret is repeated."""

import sys

import pytest

from directives_adapters.postgresql import open_store
from directives_adapters.postgresql.place import place_of
from directives_core.errors import BadValue, StoreError


@pytest.mark.parametrize(("url", "register", "settings"), [
    ("postgresql://host/db?register=nhu-thanh", "nhu-thanh", {"host": "host", "dbname": "db"}),
    ("postgres://hoa@host:5433/db?register=a", "a", {"user": "hoa", "host": "host", "port": "5433", "dbname": "db"}),
    ("postgresql:///db?register=a&host=/run/postgresql", "a", {"dbname": "db", "host": "/run/postgresql"}),
    ("postgresql://host/db?sslmode=verify-full&register=a", "a", {"sslmode": "verify-full"}),
    ("postgresql://a:1,b:2/db?register=x&target_session_attrs=read-write", "x", {"host": "a,b", "port": "1,2"}),
    ("postgresql://host/db?register=s%E1%BB%95%20theo%20d%C3%B5i", "sổ theo dõi", {"dbname": "db"}),
    ("postgresql://host/db?register=a&connect_timeout=3", "a", {"connect_timeout": "3"}),
])  # fmt: skip
def test_a_url_names_a_register_and_settings_of_libpq(url: str, register: str, settings: dict[str, str]) -> None:
    place = place_of(url)

    assert place.register == register
    assert place.settings.items() >= settings.items()
    assert "register" not in place.settings


@pytest.mark.parametrize("url", [
    "postgresql:", "postgresql://host/db", "postgresql://host/db?register=", "postgresql://host/db?register=%20a",
    "postgresql://host/db?register=a&register=b", "postgresql://host/db?register=a%00b", "postgresql://host/db#register",
    "postgresql://host/db?register=a&colour=red", "postgresql://host:port:5/db?register=a&x=y",
    f"postgresql://host/db?register={'a' * 201}",
])  # fmt: skip
def test_a_url_that_names_no_register_is_refused(url: str) -> None:
    with pytest.raises(BadValue, match="register=NAME"):
        place_of(url)


def test_a_password_in_a_url_is_used_and_never_repeated() -> None:
    place = place_of("postgresql://hoa:s3cret@host/db?register=a")

    assert place.settings["password"] == "s3cret"  # noqa: S105 - of nobody
    assert place.where == "postgresql://host/db?register=a"
    for wrong in ("postgresql://hoa:s3cret@host/db", "postgresql://hoa:s3cret@host/db?password=s3cret&register=a&x=1"):
        with pytest.raises(BadValue) as raised:
            place_of(wrong)
        assert "s3cret" not in str(raised.value)
        assert "s3cret" not in repr(raised.value.__cause__)


def test_a_server_that_does_not_answer_is_not_waited_for_without_end() -> None:
    assert int(place_of("postgresql://host/db?register=a").settings["connect_timeout"]) > 0


def test_a_missing_driver_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("directives_adapters.postgresql.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreError, match=r"pip install 'directives\[postgresql\]'"):
        open_store("postgresql://host/db?register=a")
