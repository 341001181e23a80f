"""Stores that break their word about checkpoints, each in one way."""

from typing import Any

from directives_core.store import Checkpoint
from tests.stores.faults import Through

__all__ = ["ForgetsTheSigned", "InventsACheckpoint", "LosesTheOrder"]


class InventsACheckpoint(Through):
    """An empty register has a checkpoint."""

    def checkpoints(self) -> list[Any]:
        return [*self._inner.checkpoints(), None]


class LosesTheOrder(Through):
    """The greatest comes first."""

    def checkpoints(self) -> list[Checkpoint]:
        return list(self._inner.checkpoints())[::-1]


class ForgetsTheSigned(Through):
    """Of several of one size the first one stays the last."""

    def last_checkpoint(self, size: int) -> Checkpoint | None:
        fitting = [each for each in self._inner.checkpoints() if each.size <= size]
        greatest = max((each.size for each in fitting), default=None)
        return next((each for each in fitting if each.size == greatest), None)
