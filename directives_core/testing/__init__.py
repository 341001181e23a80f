"""For authors of stores and for embedding applications: the contract that every store passes, and a clock to set."""

import pytest

# Before they are imported, so that a clause that fails shows the values that it compared.
pytest.register_assert_rewrite(
    "directives_core.testing.checkpoint_clauses",
    "directives_core.testing.contract",
    "directives_core.testing.log_clauses",
    "directives_core.testing.moment_clauses",
    "directives_core.testing.process_clauses",
    "directives_core.testing.rebuilding_clauses",
    "directives_core.testing.samples",
    "directives_core.testing.transaction_clauses",
    "directives_core.testing.waiting_clauses",
)

from directives_core.testing.clock import Clock  # noqa: E402
from directives_core.testing.contract import StoreContract  # noqa: E402

__all__ = ["Clock", "StoreContract"]
