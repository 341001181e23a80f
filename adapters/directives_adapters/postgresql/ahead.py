"""What a writer will ask first: asked in the message that takes the lock, it costs no wait while the lock is held."""

from collections.abc import Sequence

from psycopg.pq.abc import PGresult

from directives_adapters.postgresql.binary import BIGINT, BYTEA, INTEGER, TEXT
from directives_adapters.postgresql.line import Asked, Statement
from directives_core.store import Record

__all__ = ["Ahead", "Question", "asking", "records_in"]

Question = tuple[str, int]
"""A stream, and the version after which its events are wanted."""

_STREAM = Statement(
    b"""SELECT position, stream, version, recorded_at, effective_on, type, data FROM directives.events
    WHERE register = $1 AND stream = $2 AND version > $3 ORDER BY version""",
    (TEXT.oid, TEXT.oid, BIGINT.oid),
)


class Ahead:
    """The first question of the transactions of a store.

    A register that others write to as well begins every command by asking what is new of its office. What was asked
    first twice in a row is expected to be asked first again; where it is not, the answer is thrown away.
    """

    def __init__(self) -> None:
        self._last: Question | None = None
        self._expected: Question | None = None

    @property
    def expected(self) -> Question | None:
        """What the next transaction is expected to ask first, if anything."""
        return self._expected

    def learn(self, question: Question | None) -> None:
        """Hear what a transaction asked first; none where it asked for no stream."""
        self._expected = question if question == self._last else None
        self._last = question


def asking(register: str, question: Question) -> Asked:
    """The question as it goes to the server."""
    stream, after = question
    return _STREAM, (TEXT.write(register), TEXT.write(stream), BIGINT.write(after))


def records_in(answer: PGresult) -> Sequence[Record]:
    """The records of an answer in the server's binary format, of which nothing is NULL."""
    found = []
    for row in range(answer.ntuples):
        position, stream, version, recorded_at, effective_on, type_, data = (
            answer.get_value(row, column) or b"" for column in range(7)
        )
        found.append(Record(
            BIGINT.read(position), TEXT.read(stream), BIGINT.read(version), BIGINT.read(recorded_at),
            INTEGER.read(effective_on), TEXT.read(type_), BYTEA.read(data),
        ))  # fmt: skip
    return found
