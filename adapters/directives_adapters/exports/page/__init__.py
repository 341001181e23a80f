"""The page: one HTML file that shows a register at every moment up to one, and needs nothing beside itself."""

import base64
import hashlib
import html
import json
import re
import zlib
from importlib.resources import files
from typing import Any

from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.page.wording import wording
from directives_core.harmless import in_one_line
from directives_core.language import LANGUAGES, _, current, speaking

__all__ = ["page_of"]

# In this order they are one script: each may use what stands before it.
_SCRIPTS = (
    "words", "times", "standing", "views", "finding", "changes", "figures", "drawing", "charts", "table", "register",
    "choosing", "detail", "proof", "start",
)  # fmt: skip
_FIELD = re.compile(r"\{\{(\w+)\}\}")


def page_of(excerpt: Excerpt, matter: dict[str, Any]) -> bytes:
    """The page that shows the matter of an excerpt: in the language spoken now, the others one switch away."""
    heading, wordings = excerpt.heading, {}
    for language in LANGUAGES:
        with speaking(language):
            wordings[language] = wording(heading)
    style = _source("page.css")
    script = "".join(_source(f"{name}.js") for name in _SCRIPTS)
    # The events come apart: the page is shown before it has read them.
    events = [directive["events"] for directive in matter["directives"]]
    directives = [{**directive, "events": None} for directive in matter["directives"]]
    first = matter | {"directives": directives, "language": current(), "wording": wordings}
    parts = {
        "language": current(),
        "policy": _policy(style, script),
        "title": _inert(heading.title),
        "moment": _inert(heading.moment_line()),
        "needs": _inert(_("This page needs a browser of 2023 or later, with JavaScript switched on.")),
        "style": style,
        "matter": _packed(first),
        "events": _packed(events),
        "script": script,
    }
    return _FIELD.sub(lambda found: parts[found[1]], _source("page.html")).encode()


def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """What the browser may do with the page: run this script, show this style, and fetch nothing whatever.

    Content Security Policy Level 3 (W3C); `require-trusted-types-for` makes strings useless as markup.
    """
    return "; ".join((
        "default-src 'none'", f"script-src {_hash(script)}", f"style-src {_hash(style)}", "img-src data:",
        "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ))  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(matter: Any) -> str:
    """JSON, deflated, in letters that mean nothing to HTML, whatever stands in the register."""
    text = json.dumps(matter, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode()


def _inert(text: str) -> str:
    """Text for HTML, with control characters shown as their code."""
    return html.escape(in_one_line(text))
