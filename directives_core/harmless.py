"""Text that cannot steer what shows it: control and invisible characters become visible codes."""

import re

__all__ = ["CONTROLS", "harmless", "in_one_line"]

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
