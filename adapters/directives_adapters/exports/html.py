"""One page that shows the register on every day up to the moment of the excerpt, and needs no network."""

from typing import BinaryIO

from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.page import page_of
from directives_adapters.exports.page.matter import matter_of

__all__ = ["write"]


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write the page of the directives that fit, in the language spoken now; how many it holds.

    Nothing in it was learned, or happened, after the moment of the excerpt.
    """
    matter = matter_of(excerpt)
    out.write(page_of(excerpt, matter))
    return len(matter["directives"])
