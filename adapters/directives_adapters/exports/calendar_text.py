"""Lines of a calendar: RFC 5545, text escaped, lines folded at 75 octets, ends of lines as the standard has them."""

from directives_adapters.exports.texts import inert

__all__ = ["line", "text_line"]

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def line(name: str, value: str) -> bytes:
    """A line whose value is of our own making: a day, a number, a word of the standard."""
    return _folded(f"{name}:{value}")


def text_line(name: str, text: str) -> bytes:
    """A line with a text of people: it cannot end the line, nor begin another property."""
    return _folded(f"{name}:{inert(text).translate(_ESCAPES)}")


def _folded(text: str) -> bytes:
    """The line in pieces of at most 75 octets, no character torn; every piece but the first begins with a blank."""
    data, pieces, room = text.encode(), [], _OCTETS
    while len(data) > room:
        at = room
        while data[at] & 0xC0 == 0x80:  # inside a character
            at -= 1
        pieces.append(data[:at])
        data, room = data[at:], _OCTETS - 1
    return b"\r\n ".join([*pieces, data]) + b"\r\n"
