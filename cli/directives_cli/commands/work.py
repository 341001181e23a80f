"""The writes of everyday work: acknowledge, decline, report, ask, remind, explain, note, complete, return."""

import click

from directives_cli.asking import Write
from directives_cli.options import on_shares, several, writes

__all__ = [
    "acknowledge", "complete", "decline", "explain", "note", "report", "request_extension", "return_",
]  # fmt: skip


@click.command()
@several
@on_shares
@writes
def acknowledge(asked: Write, n: str) -> None:
    """Record that the lead unit knows of the duty and begins."""
    asked.each(n, lambda register, number, how: register.acknowledge(number, **how))


@click.command()
@several
@click.option("--proposes", metavar="UNIT", help="Another unit, which the unit thinks should do it.")
@on_shares
@writes
def decline(asked: Write, n: str, proposes: str | None) -> None:
    """Record that the lead unit asks to be released, with a reason; the duty stands until it is ruled on."""
    asked.each(n, lambda register, number, how: register.decline(number, proposes=proposes, **how))


@click.command()
@several
@click.argument("text")
@click.option("--result", is_flag=True, help="This is the result; it then awaits acceptance.")
@click.option("--percent", type=click.FloatRange(0, 100), metavar="P", help="How much is done, from 0 to 100.")
@click.option("--quantity", metavar="TEXT", help="How much is done, in words.")
@click.option("--document", metavar="TEXT", help="The number of the report's document.")
@on_shares
@writes
def report(
    asked: Write,
    n: str,
    text: str,
    result: bool,
    percent: float | None,
    quantity: str | None,
    document: str | None,
) -> None:
    """Report progress, or with --result the result."""
    asked.each(
        n,
        lambda register, number, how: register.report(
            number, text, result=result, percent=percent, quantity=quantity, document=document, **how
        ),
    )


@click.command("request-extension")
@several
@click.option("--to", metavar="DAY", help="The day that the unit wishes.")
@on_shares
@writes
def request_extension(asked: Write, n: str, to: str | None) -> None:
    """Ask for a later deadline, with a reason."""
    asked.each(n, lambda register, number, how: register.request_extension(number, to=to, **how))


@click.command()
@several
@click.argument("text")
@on_shares
@writes
def explain(asked: Write, n: str, text: str) -> None:
    """Record why something is as it is, mostly why it is late."""
    asked.each(n, lambda register, number, how: register.explain(number, text, **how))


@click.command()
@several
@click.argument("text")
@on_shares
@writes
def note(asked: Write, n: str, text: str) -> None:
    """Write down what changes no state."""
    asked.each(n, lambda register, number, how: register.note(number, text, **how))


@click.command()
@several
@click.option("--delivered-on", metavar="DAY", help="The day of the delivery, where no result report says it.")
@on_shares
@writes
def complete(asked: Write, n: str, delivered_on: str | None) -> None:
    """Accept the result. Never by the share's own unit; without a result report it needs a reason."""
    asked.each(n, lambda register, number, how: register.complete(number, delivered_on=delivered_on, **how))


@click.command("return")
@several
@on_shares
@writes
def return_(asked: Write, n: str) -> None:
    """Send a reported result back for rework, with a reason; the clock runs on."""
    asked.each(n, lambda register, number, how: register.return_(number, **how))
