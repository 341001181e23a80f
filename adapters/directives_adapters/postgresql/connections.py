"""Connections to the server: how one is made, and the few that a register keeps between its transactions."""

import threading
from typing import Any

from psycopg.pq import TransactionStatus

from directives_adapters.postgresql.line import Line
from directives_adapters.postgresql.place import Place
from directives_adapters.postgresql.translation import translated

__all__ = ["Connections", "connect"]

_KEPT = 8

# Measured with sixteen writers: a quarter more commits where the server need not plan the same statements anew.
_PREPARED_AFTER = 2


def connect(place: Place) -> Line:
    """A connection on which transactions are begun by word; it leaves nothing in a session that a pooler lent.

    Raises:
        Unreachable: the server is away.
        StoreError, RegisterMissing: it refuses.
    """
    settings: dict[str, Any] = {**place.settings, "client_encoding": "UTF8"}
    with translated(place.where):
        connection = Line.connect("", autocommit=True, prepare_threshold=None, **settings)
        try:
            # What a session has prepared is not there in the next one that a pooler lends.
            if not _is_pooled(connection):
                connection.own_session, connection.prepare_threshold = True, _PREPARED_AFTER
        except BaseException:
            connection.close()
            raise
    return connection


def _is_pooled(connection: Line) -> bool:
    """Whether a pooler stands between: it cannot know, when it greets, which process will serve the transaction."""
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    return bool(pid != connection.info.backend_pid)


class Connections:
    """Idle connections, safe for threads. There are never more connections than transactions open at the same time."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._idle: list[Line] = []
        self._mutex = threading.Lock()  # guards the one above and the one below
        self._closed = False

    def take(self) -> tuple[Line, bool]:
        """A connection for one user, and whether it is new; one that is not may have broken meanwhile."""
        with self._mutex:
            kept = self._idle.pop() if self._idle else None
        return (kept, False) if kept is not None else (connect(self._place), True)

    def give_back(self, connection: Line) -> None:
        """Keep a connection for the next user, or close it if it is in a transaction still, or is one too many."""
        sound = connection.pgconn.transaction_status == TransactionStatus.IDLE
        with self._mutex:
            kept = sound and not self._closed and len(self._idle) < _KEPT
            if kept:
                self._idle.append(connection)
        if not kept:
            connection.close()

    def close(self) -> None:
        """Close what is idle; what is in use is closed when it is given back."""
        with self._mutex:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
