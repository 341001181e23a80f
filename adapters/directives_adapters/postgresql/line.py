"""A connection that also sends a few statements in one message and waits for their answers once."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import psycopg
from psycopg import Connection, errors
from psycopg.abc import PQGen
from psycopg.pq import ExecStatus, PipelineStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Ready, Wait

__all__ = ["Asked", "Line", "Statement"]

_BINARY = 1
_KEPT = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Statement(NamedTuple):
    """Words for the server, and the types of the values that go with them, by the server's numbers for types."""

    sql: bytes
    types: tuple[int, ...] = ()


Asked = tuple[Statement, Sequence[bytes | None]]
"""A statement, and its values in the server's binary format."""

_ROLLBACK: Asked = Statement(b"ROLLBACK"), ()


class Line(Connection[Any]):
    """A connection to the server.

    `own_session` is to be set where nobody else is ever lent the session: statements with values are prepared there
    at their first use, in the message that uses them.
    """

    own_session = False

    def __init__(self, pgconn: PGconn) -> None:
        super().__init__(pgconn)
        self._names: dict[bytes, bytes] = {}
        self._given = 0

    def together(self, *asked: Asked) -> list[PGresult]:
        """The answers to a few statements; the first that is refused keeps those after it from being carried out.

        Values and answers are in the server's binary format. Both sides cannot come to wait for one another: what the
        server says is read while there is more to send.

        Raises:
            psycopg.Error: a statement was refused, or the line broke.
        """
        pgconn = self.pgconn
        with self.lock:
            try:
                pgconn.enter_pipeline_mode()
                sent = [each for statement, values in asked for each in self._send(pgconn, statement, values)]
                pgconn.pipeline_sync()
                results = self.wait(_results(pgconn))
            finally:
                self._leave(pgconn)
        answers = []
        for (sql, name), result in zip(sent, results, strict=True):
            if result.status not in _KEPT:
                raise errors.error_from_result(result)
            if name is None:
                answers.append(result)
            else:
                self._names[sql] = name
        return answers

    def roll_back(self) -> None:
        """End the transaction that is open, if there is one. What cannot be ended is not to be used again."""
        # Not by the driver, which then takes all that was prepared for lost.
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                self.together(_ROLLBACK)

    def _send(
        self, pgconn: PGconn, statement: Statement, values: Sequence[bytes | None]
    ) -> list[tuple[bytes, bytes | None]]:
        """What was sent: the words, with the name under which they are prepared, or none where they are carried out."""
        sql, types = statement
        formats = (_BINARY,) * len(types)
        carried_out = (sql, None)
        if not (types and self.own_session):
            pgconn.send_query_params(sql, values, types, formats, _BINARY)
            return [carried_out]
        name = self._names.get(sql)
        if name is not None:
            pgconn.send_query_prepared(name, values, formats, _BINARY)
            return [carried_out]
        self._given += 1
        name = b"directives_%d" % self._given
        pgconn.send_prepare(name, sql, types)
        pgconn.send_query_prepared(name, values, formats, _BINARY)
        return [(sql, name), carried_out]

    def _leave(self, pgconn: PGconn) -> None:
        if pgconn.pipeline_status != PipelineStatus.OFF:
            try:
                pgconn.exit_pipeline_mode()
            except psycopg.Error:  # answers are outstanding that nobody will read
                self.close()


def _results(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """Send what is waiting to be sent, and read one result for each statement, up to the end of the message."""
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    ended = False
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is not None:
            if result.status == ExecStatus.PIPELINE_SYNC:
                return results
            results.append(result)
        elif ended:  # there is one end for each statement; a second one in a row means that nothing more will come
            raise psycopg.OperationalError("the server ended the connection")
        ended = result is None
