"""Taking over an old register that was kept in a spreadsheet: its columns mapped, its rows checked, all in one commit.

What happened then is recorded now, with both days, and every event says from which row it was taken.
"""

from directives_core.adopting.carrying import Adopted, adopt
from directives_core.adopting.columns import Mapping, SheetLike
from directives_core.adopting.suggesting import Suggestion, suggest

__all__ = ["Adopted", "Mapping", "SheetLike", "Suggestion", "adopt", "suggest"]
