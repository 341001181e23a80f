"""The bookmark of a projection in a table of the application's own database, over any driver of Python's DB-API."""

from typing import Any

from directives_core.errors import BadValue
from directives_core.language import Phrase
from directives_core.projecting import Seen

__all__ = ["SqlBookmark"]


class SqlBookmark:
    """Keeps what projections have seen in one table; works on a connection or a cursor of the DB-API (PEP 249).

    Args:
        mark: how the driver writes a parameter: `?` for `sqlite3`, `%s` for `psycopg` and for cursors of Django.
        table: the name of the table; a migration of the application makes it from `schema`, or `create` does.
    """

    def __init__(self, *, mark: str = "?", table: str = "directives_seen") -> None:
        if mark not in ("?", "%s"):
            raise BadValue("mark", mark, expected=Phrase("one of {known}", known="?, %s"))
        if not all(part.isidentifier() for part in table.split(".")):
            raise BadValue("table", table, expected=Phrase("the name of a table"))
        self._mark, self._table = mark, table

    @property
    def schema(self) -> str:
        """The statement that makes the table, unless it is there."""
        return f"""CREATE TABLE IF NOT EXISTS {self._table} (
            projection VARCHAR(200) NOT NULL,
            register_id VARCHAR(32) NOT NULL,
            position BIGINT NOT NULL,
            command_id VARCHAR(500) NOT NULL,
            PRIMARY KEY (projection, register_id)
        )"""

    def create(self, work: Any) -> None:
        """Make the table, unless it is there."""
        self._run(work, self.schema, ())

    def read(self, work: Any, projection: str, register_id: str) -> Seen:
        """See `Bookmark`."""
        sql = f"SELECT position, command_id FROM {self._table} WHERE projection = ? AND register_id = ?"  # noqa: S608 - a checked name
        found = self._run(work, sql, (projection, register_id)).fetchone()
        return Seen() if found is None else Seen(int(found[0]), str(found[1]))

    def move(self, work: Any, projection: str, register_id: str, *, before: Seen, to: Seen) -> bool:
        """See `Bookmark`. Of two that begin at the same moment, one may end with its driver's error of uniqueness."""
        update = f"""UPDATE {self._table} SET position = ?, command_id = ?
            WHERE projection = ? AND register_id = ? AND position = ? AND command_id = ?"""  # noqa: S608 - a checked name
        if self._run(work, update, (*to, projection, register_id, *before)).rowcount == 1:
            return True
        if before.position or self.read(work, projection, register_id) != Seen():
            return False
        insert = f"INSERT INTO {self._table}(projection, register_id, position, command_id) VALUES (?, ?, ?, ?)"  # noqa: S608 - a checked name
        self._run(work, insert, (projection, register_id, *to))
        return True

    def _run(self, work: Any, sql: str, values: tuple[Any, ...]) -> Any:
        cursor = work.cursor() if hasattr(work, "cursor") and not hasattr(work, "fetchone") else work
        cursor.execute(sql.replace("?", self._mark), values)
        return cursor
