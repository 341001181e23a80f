"""Reviews: a draft as a workbook that a secretary corrects in Excel or LibreOffice, and the way back to a draft."""

from directives_adapters.reviews.returned import Review, read_review
from directives_adapters.reviews.workbook import review_workbook

__all__ = ["Review", "read_review", "review_workbook"]
