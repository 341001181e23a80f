"""What the instruction sheet of a review says."""

from directives_adapters.reviews.columns import action_words, titles
from directives_core.language import _

__all__ = ["guide_lines"]


def guide_lines() -> list[str]:
    """The lines of the instruction sheet, in the language spoken now; the first is its headline."""
    does, named = action_words(), titles()
    about = {
        "keep": does["keep"], "drop": does["drop"], "merge": does["merge"], "split": does["split"],
        "take_in": does["take-in"], "action": named["action"], "questions": named["questions"], "into": named["into"],
        "reason": named["reason"], "members": named["members"], "due": named["due"], "number": named["number"],
        "orders": _("Orders"), "left": _("Left out"), "deadline": named["deadline"],
    }  # fmt: skip
    lines = [
        _("How to review this notice"),
        _("Sheet “{orders}” has one row for each order. Read each row against the notice; correct any white cell."),
        _("In “{action}” choose what becomes of the order:"),
        _("   {keep}: record it as the row says."),
        _("   {drop}: do not record it. Say why in “{reason}”."),
        _("   {merge}: it is part of another order. Write that order's number in “{into}”; left empty, it is the one "
          "before."),
        _("   {split}: it is several orders. Insert a row for each further part, write the same number in “{number}”, "
          "and only what differs: empty cells stay as read, - empties a cell. Set all the rows to “{split}”."),
        _("Units stand one to a line, or parted by semicolons. Part of a name is enough if it fits one unit alone."),
        _("A class of units that is not settled yet may stay as it is. To settle it now, write its units in "
          "“{members}”."),
        _("If the wording of a deadline was misread, correct “{deadline}”; the day is then read anew. "
          "A day that you write in “{due}” stands above the wording. Write days as 30/9/2021."),
        _("Questions and doubts stand in “{questions}”. Delete the lines that you settled; the others are recorded as "
          "warnings."),
        _("Sheet “{left}” has the passages that order nothing. If one does, choose “{take_in}” and fill in its row."),
        _("Rows may be filtered and coloured, and columns added: what is not needed is not read. To sort them, take "
          "the protection of the sheet off first; it has no password."),
        _("Save the workbook as .xlsx or .ods. Nothing is recorded unless every row is right."),
    ]  # fmt: skip
    return [line.format(**about) for line in lines]
