"""Projections of embedding applications: tables of their own that follow a register, each event taking effect once."""

from directives_core.projecting.bookmark import Bookmark, Seen
from directives_core.projecting.projector import Projector

__all__ = ["Bookmark", "Projector", "Seen"]
