"""The contract of a store: subclass `StoreContract`, give it a store, and run pytest.

    class TestMine(StoreContract):
        @pytest.fixture
        def store(self, tmp_path):
            with closing(my_store(tmp_path, wait_seconds=1)) as store:
                yield store

Every test is one promise, said as a sentence. Those about several processes are skipped unless `opener` is given.
"""

from directives_core.testing.checkpoint_clauses import CheckpointClauses
from directives_core.testing.log_clauses import LogClauses
from directives_core.testing.moment_clauses import MomentClauses
from directives_core.testing.process_clauses import ProcessClauses
from directives_core.testing.rebuilding_clauses import RebuildingClauses
from directives_core.testing.transaction_clauses import TransactionClauses
from directives_core.testing.waiting_clauses import WaitingClauses

__all__ = ["StoreContract"]


class StoreContract(
    LogClauses,
    MomentClauses,
    TransactionClauses,
    CheckpointClauses,
    RebuildingClauses,
    WaitingClauses,
    ProcessClauses,
):
    """What every store promises. A subclass gives the fixture `store`: a store with an empty register.

    It may also give `wait_seconds`, how long that store waits for its lock (1 unless said otherwise); `opener`, by
    which other processes reach the same register; and `attempts`, ways around the store to change what is kept.
    """
