"""The register: the one object through which everything is written and read.

It is imported when it is first used: who only reads needs `questions` alone.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directives_core.register.whole import Register

__all__ = ["Register"]


def __getattr__(name: str) -> Any:
    if name != "Register":
        raise AttributeError(f"module 'directives_core.register' has no attribute {name!r}")
    from directives_core.register.whole import Register

    return Register
