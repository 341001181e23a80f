"""Text that cannot steer what shows it: control and invisible characters become visible codes."""

import re

__all__ = ["CONTROLS", "harmless", "harmless_json", "in_one_line"]

# C0 and C1 controls, DEL, bidirectional and other invisible controls, soft hyphens and tags, and what is no character:
# what could move a terminal's cursor, make text read otherwise than it is stored, or be forbidden in XML.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]"
)


def harmless(text: str) -> str:
    """The text with control characters shown as their code, such as <U+001B>; tabs and line ends stay."""
    return CONTROLS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def in_one_line(text: str) -> str:
    """The harmless text with every run of blanks, tabs and line ends as one blank."""
    return harmless(" ".join(text.split()))


def harmless_json(text: str) -> str:
    """A JSON document with the controls inside its strings escaped, so that it reads back as it was."""
    # Outside of strings, JSON has no controls but the line ends of an indentation.
    return CONTROLS.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")  # beyond the first plane JSON has pairs of surrogates
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
