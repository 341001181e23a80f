"""The review of a draft: what a person typed about each order becomes the draft to be recorded, or a list of problems.

A row of a review speaks of one order by its code. What nobody changed stays as it was read, with its spans.
"""

from directives_core.review.applying import reviewed
from directives_core.review.certainty import Certainty, certainty_of
from directives_core.review.rows import ACTIONS, FIELDS, HEADER_FIELDS, LEFT, Action, Field, HeaderField, ReviewRow

__all__ = [
    "ACTIONS", "FIELDS", "HEADER_FIELDS", "LEFT", "Action", "Certainty", "Field", "HeaderField", "ReviewRow",
    "certainty_of", "reviewed",
]  # fmt: skip
