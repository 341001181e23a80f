"""The shells that complete: scripts of our own for bash, which keeps blanks in names, and PowerShell; click's else."""

import os
from typing import Any, ClassVar

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

__all__ = ["SHELLS", "VARIABLE", "register", "script"]

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_DIRECTIVES_COMPLETE"

_BASH = """\
%(complete_func)s() {
    local type value
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                case ${COMP_WORDS[COMP_CWORD]} in
                    [\\"\\']*) ;;
                    *) [[ $value != *[!A-Za-z0-9_.,:/@+=%%-]* ]] || printf -v value %%q "$value" ;;
                esac
                COMPREPLY+=("$value")
                ;;
        esac
    done < <(IFS=$'\\n'
        env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:COMP_WORDS = $commandAst.Extent.Text
    $env:COMP_INCOMPLETE = $wordToComplete
    $env:%(complete_var)s = 'powershell_complete'
    try {
        & %(prog_name)s 2>$null | ForEach-Object {
            $type, $value, $help = $_ -split "`t", 3
            if ($type -eq 'plain') {
                $text = if ($value -match '[\\s,;()]') { "'" + ($value -replace "'", "''") + "'" } else { $value }
                if (-not $help) { $help = $value }
                [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $help)
            }
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_INCOMPLETE, Env:%(complete_var)s
    }
}
"""


class _Bash(BashComplete):
    """Bash, with names that have blanks in them quoted as the shell wants it."""

    source_template: ClassVar[str] = _BASH

    @staticmethod
    def _check_version() -> None:
        """Where the script is printed says nothing of the bash that reads it."""


class _PowerShell(ShellComplete):
    """PowerShell, whose completer hands over the whole line and the word at the cursor."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to be completed, and that one."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1:]
        incomplete = os.environ.get("COMP_INCOMPLETE", "").strip("'\"")
        return (words[:-1] if incomplete and words else words), incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """One line: the type, the value and its help, parted by tabs."""
        return "\t".join((item.type, str(item.value), " ".join((item.help or "").split())))


def register() -> None:
    """Make our shells known to click."""
    add_completion_class(_Bash, "bash")
    add_completion_class(_PowerShell, "powershell")


def script(shell: str, command: Any) -> str:
    """The script that a shell reads to complete the command."""
    register()
    kind = get_completion_class(shell)
    if kind is None:
        raise ValueError(f"no shell of click: {shell}")
    return kind(command, {}, "directives", VARIABLE).source()
