"""`completion`: what a shell reads so that the tab key completes commands, numbers, units and meetings."""

import click

from directives_cli.answers import say
from directives_cli.shells import SHELLS, script

__all__ = ["completion"]


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, numbers, units, meetings and actors.

    bash: eval "$(directives completion bash)" in ~/.bashrc. zsh: the same in ~/.zshrc. fish: directives completion fish
    > ~/.config/fish/completions/directives.fish. PowerShell: directives completion powershell | Out-String |
    Invoke-Expression in $PROFILE.
    """
    say(script(shell, context.find_root().command).rstrip("\n"))
