"""What leaves the house: an excerpt of a register, headed by its moment, in the formats that offices use.

The same excerpt of the same moment, in the same language, gives the same bytes. Text comes out inert in every format:
no formula, no markup, no character that nobody sees.
"""

from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.formats import FORMATS, Format, export
from directives_adapters.exports.outfile import new_file

__all__ = ["FORMATS", "Excerpt", "Format", "export", "new_file"]
