"""The writes that change what was ordered: deadlines, rest, endings, successors."""

import click

from directives_cli.asking import Write
from directives_cli.options import on_shares, several, writes

__all__ = [
    "extend", "hand_over", "refuse_extension", "reopen", "resume", "set_deadline", "supersede", "suspend", "withdraw",
]  # fmt: skip


@click.command()
@several
@click.option("--to", metavar="DAY", required=True, help="The new last day.")
@on_shares
@writes
def extend(asked: Write, n: str, to: str) -> None:
    """Grant a later deadline, with a reason; it answers a pending request."""
    asked.each(n, lambda register, number, how: register.extend(number, to=to, **how))


@click.command("refuse-extension")
@several
@on_shares
@writes
def refuse_extension(asked: Write, n: str) -> None:
    """Refuse the pending request for a later deadline, with a reason."""
    asked.each(n, lambda register, number, how: register.refuse_extension(number, **how))


@click.command("set-deadline")
@several
@click.option("--due", metavar="DAY", required=True, help="The last day that complies, or a wording.")
@on_shares
@writes
def set_deadline(asked: Write, n: str, due: str) -> None:
    """Set a deadline where there was none, or an earlier one."""
    asked.each(n, lambda register, number, how: register.set_deadline(number, due=due, **how))


@click.command()
@several
@on_shares
@writes
def reopen(asked: Write, n: str) -> None:
    """Make work again of what was completed, withdrawn, superseded or declined, with a reason."""
    asked.each(n, lambda register, number, how: register.reopen(number, **how))


@click.command()
@several
@on_shares
@writes
def suspend(asked: Write, n: str) -> None:
    """Let the duty rest, with a reason; its deadline does not move."""
    asked.each(n, lambda register, number, how: register.suspend(number, **how))


@click.command()
@several
@on_shares
@writes
def resume(asked: Write, n: str) -> None:
    """Let a suspended duty go on where it stood, with a reason."""
    asked.each(n, lambda register, number, how: register.resume(number, **how))


@click.command()
@several
@on_shares
@writes
def withdraw(asked: Write, n: str) -> None:
    """End the duty without a result, with a reason."""
    asked.each(n, lambda register, number, how: register.withdraw(number, **how))


@click.command()
@several
@click.option("--successor", metavar="N", required=True, help="The directive that takes its place.")
@on_shares
@writes
def supersede(asked: Write, n: str, successor: str) -> None:
    """End the duty in favour of another directive, with a reason."""
    asked.each(n, lambda register, number, how: register.supersede(number, by_number=successor, **how))


@click.command("hand-over")
@several
@click.option("--to", "heirs", metavar="UNIT", multiple=True, required=True, help="An heir; may be repeated.")
@click.option("--rests-on", metavar="DECISION", help="The decision that it rests on.")
@on_shares
@writes
def hand_over(asked: Write, n: str, heirs: tuple[str, ...], rests_on: str | None) -> None:
    """Pass shares to other units; each heir takes over everything but number and unit."""
    asked.each(
        n,
        lambda register, number, how: register.hand_over(
            number, to=asked.units(register, heirs), rests_on=rests_on, **how
        ),
    )
