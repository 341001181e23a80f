"""The same tables on many servers: each register lies as a whole on one node of a Citus cluster."""

from directives_adapters.postgresql import access, schema
from directives_adapters.postgresql.connections import connect
from directives_adapters.postgresql.place import place_of
from directives_adapters.postgresql.translation import translated
from directives_core.errors import RegisterMissing, StoreError
from directives_core.language import Phrase

__all__ = ["distribute"]

_HAS_CITUS = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'citus')"
_HAS_TABLES = "SELECT to_regclass('directives.layout') IS NOT NULL"
_DONE = (
    "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_dist_partition WHERE logicalrelid = 'directives.registers'::regclass)"
)
# A policy or a trigger keeps a table from being spread, and an index by day is found again on every node.
_TRIGGERS = "DROP TRIGGER only_added_to ON directives.{}"
_POLICIES = "DROP POLICY {} ON directives.{}"
_REFERENCE = "SELECT create_reference_table('directives.{}')"
_SPREAD = "SELECT create_distributed_table('directives.{}', 'register', colocate_with => '{}')"


def distribute(url: str) -> None:
    """See the package: spread the tables over the nodes, in one transaction."""
    place = place_of(url)
    connection = connect(place)
    try:
        with translated(place.where), connection.transaction():

            def tells(question: str) -> bool:
                return bool(connection.execute(question.encode()).fetchall()[0][0])

            if not tells(_HAS_CITUS):
                raise StoreError(
                    Phrase(
                        "{where}: this database lacks the extension citus, so its tables stay on one server; "
                        "nothing was changed",
                        where=place.where,
                    )
                )
            if not tells(_HAS_TABLES):
                raise RegisterMissing(place.where, why=Phrase("the database has no tables for registers"))
            if tells(_DONE):
                return
            for statement in _statements():
                connection.execute(statement.encode())
    finally:
        connection.close()


def _statements() -> list[str]:
    first, *others = schema.TABLES
    return [
        # Locking the tables and moving their rows goes node by node, over connections that must see one another's work.
        "SET LOCAL citus.multi_shard_modify_mode = 'sequential'",
        *(_TRIGGERS.format(table) for table in schema.APPEND_ONLY),
        "DROP FUNCTION directives.refuse_change()",
        _POLICIES.format("own", "register_access"),
        *(_POLICIES.format(name, table) for table in schema.TABLES for name in access.POLICY_NAMES),
        *(_REFERENCE.format(table) for table in ("layout", "register_access")),
        _SPREAD.format(first, "none"),
        *(_SPREAD.format(table, f"directives.{first}") for table in others),
        *access.FUNCTIONS,
        *access.policies(schema.TABLES, access.BY_FUNCTION),
    ]
