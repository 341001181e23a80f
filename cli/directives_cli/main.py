"""The entry point of the console script: help in English without any import, all else through the group of commands."""

import atexit
import gc
import os
import sys

__all__ = ["main"]

_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command line of this process and exit with its code."""
    if sys.argv[-1:] in (["--help"], ["-h"]) and all(piece.startswith("--lang=") for piece in sys.argv[1:-1]):
        from directives_cli.languages import chosen, of_the_locale
        from directives_cli.table import help_text

        if (chosen(sys.argv[1:]) or of_the_locale()) == "en":
            sys.stdout.write(help_text())
            return
    # What is installed beside us has no say in what is read and written here, and finding it takes a while.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Starting makes many lasting things and little waste: to look for it every 700 of them is a tenth of the time.
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    atexit.register(gc.freeze)  # nor is it looked for among what the end of the process frees at once
    from directives_cli.group import directives

    directives.main(prog_name="directives")
