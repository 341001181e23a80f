"""A PostgreSQL server that may be stopped and started again."""

from tests.stores.conftest import server

__all__ = ["server"]
