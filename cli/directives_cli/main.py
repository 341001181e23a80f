"""The entry point of the console script: help without any import, everything else through the group of commands."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process and exit with its code."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        from directives_cli.table import help_text

        sys.stdout.write(help_text())
        return
    from directives_cli.group import directives

    directives.main(prog_name="directives")
