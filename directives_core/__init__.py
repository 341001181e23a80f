"""Directives, followed from the meeting that orders them to the audit years later.

Names are imported when they are first used, so that a program that only shows its help does not pay for all of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from directives_core._version import __version__

if TYPE_CHECKING:
    from directives_core.actor import Actor
    from directives_core.errors import DirectivesError
    from directives_core.event import Attachment, Event, Source
    from directives_core.moment import Moment
    from directives_core.policy import DefaultPolicy, Policy
    from directives_core.reader import NoticeDraft, read_notice
    from directives_core.register import Register
    from directives_core.views.view import View

__all__ = [
    "Actor", "Attachment", "DefaultPolicy", "DirectivesError", "Event", "Moment", "NoticeDraft", "Policy", "Register",
    "Source", "View", "__version__", "read_notice",
]  # fmt: skip

_WHERE = {
    "Actor": "actor", "Attachment": "event", "DefaultPolicy": "policy", "DirectivesError": "errors", "Event": "event",
    "Moment": "moment", "NoticeDraft": "reader", "Policy": "policy", "Register": "register", "Source": "event",
    "View": "views.view", "read_notice": "reader",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'directives_core' has no attribute {name!r}")
    return getattr(import_module(f"directives_core.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
