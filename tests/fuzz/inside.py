"""The process in which one target is fuzzed: `python -m tests.fuzz.inside TARGET FOUND KEPT OPTION …`."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import atheris

ROOMS = (
    "directives_core.reader", "directives_core.deadline", "directives_adapters.documents", "directives_adapters.sheets",
)  # fmt: skip

with atheris.instrument_imports(include=["directives_core", "directives_adapters"]):
    from tests.fuzz.targets import TARGETS

    for room in ROOMS:  # their modules import one another where they are used, too late to be watched
        for module in iter_modules(import_module(room).__path__, f"{room}."):
            import_module(module.name)

LONGEST_BYTES = 20_000


def main(name: str, found: str, kept: str, *options: str) -> None:
    """Fuzz with these options of libFuzzer; it ends the process."""
    usual = ["-rss_limit_mb=3000", "-timeout=60", f"-max_len={LONGEST_BYTES}", f"-artifact_prefix={found}/{name}-"]
    atheris.Setup([sys.argv[0], *usual, *options, f"{found}/{name}", kept], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
