"""The writes on what is ordered: assign, allocate, amend, link, label, retract."""

from typing import Any

import click

from directives_cli.asking import Write
from directives_cli.options import several, writes
from directives_core.language import _

__all__ = ["allocate", "amend", "assign", "label", "link", "retract"]

_KINDS = click.Choice(["deliverable", "report", "remedy", "standing", "one-off"])
_CLEARABLE = click.Choice(["notice", "path", "report-to", "via"])
_RELATIONS = click.Choice(["parent", "duplicate", "continues", "same-document"])


@click.command()
@click.argument("text")
@click.option("--to", "leads", metavar="UNIT", multiple=True, help="A lead unit or class; may be given several times.")
@click.option("--addressed", metavar="WORDING", multiple=True, help="A class that is not defined; allocated later.")
@click.option("--with", "helpers", metavar="UNIT", multiple=True, help="A unit that helps; may be given several times.")
@click.option("--due", metavar="DAY|none", required=True, help="The last day that complies, a wording, or none.")
@click.option("--report-to", metavar="U", help="Whom the lead units report to.")
@click.option("--via", metavar="U", help="Through whom the report goes.")
@click.option("--kind", type=_KINDS, default="one-off", show_default=True)
@writes
def assign(
    asked: Write,
    text: str,
    leads: tuple[str, ...],
    addressed: tuple[str, ...],
    helpers: tuple[str, ...],
    report_to: str | None,
    via: str | None,
    **order: Any,
) -> None:
    """Assign a directive, its wording verbatim, to lead units: one share each."""
    asked.once(
        lambda register, how: register.assign(
            text,
            to=asked.units(register, leads, classes=True),
            addressed=addressed,
            cooperating=asked.units(register, helpers, classes=True),
            report_to=asked.wording(register, report_to),
            via=asked.wording(register, via),
            **order,
            **how,
        )
    )


@click.command()
@several
@click.option("--to", "units", metavar="UNIT", multiple=True, required=True, help="A unit; may be given several times.")
@click.option("--rests-on", metavar="DECISION", help="The decision that it rests on.")
@writes
def allocate(asked: Write, n: str, units: tuple[str, ...], rests_on: str | None) -> None:
    """Give the share of a class to its members, or add further lead units under the deadline as assigned."""
    asked.each(
        n,
        lambda register, number, how: register.allocate(
            number, to=asked.units(register, units), rests_on=rests_on, **how
        ),
    )


@click.command()
@several
@click.option("--text", help="The order as the document has it.")
@click.option("--kind", type=_KINDS)
@click.option("--due", metavar="DAY|none", help="The deadline as the document has it.")
@click.option("--lead", "leads", metavar="SHARE=UNIT", multiple=True, help="The lead unit of a share, such as 1=UNIT.")
@click.option("--with", "helpers", metavar="UNIT", multiple=True, help="All units that help.")
@click.option("--report-to", metavar="U")
@click.option("--via", metavar="U")
@click.option("--notice", metavar="NUMBER", help="The notice that it comes from.")
@click.option("--path", metavar="PATH", help="Its item there.")
@click.option("--clear", multiple=True, type=_CLEARABLE, help="What the document does not have.")
@writes
def amend(asked: Write, n: str, leads: tuple[str, ...], helpers: tuple[str, ...], **fields: Any) -> None:
    """Correct what was entered otherwise than the document says; it is no extension."""
    shares = dict(map(_share, leads))
    fields["clear"] = [name.replace("-", "_") for name in fields["clear"]]
    asked.each(
        n,
        lambda register, number, how: register.amend(
            number,
            units={share: asked.unit(register, unit) for share, unit in shares.items()},
            cooperating=asked.units(register, helpers, classes=True) if helpers else None,
            **fields,
            **how,
        ),
    )


def _share(text: str) -> tuple[int, str]:
    share, equals, unit = text.partition("=")
    if not (equals and share.strip().isdecimal() and unit.strip()):
        raise click.UsageError(_("--lead: {text!r} will not do; write SHARE=UNIT, such as 1=UNIT").format(text=text))
    return int(share), unit.strip()


@click.command()
@several
@click.argument("relation", type=_RELATIONS)
@click.argument("target", metavar="TARGET")
@writes
def link(asked: Write, n: str, relation: Any, target: str) -> None:
    """Relate a directive to another one, here or in another register."""
    asked.each(n, lambda register, number, how: register.link(number, relation, target, **how))


@click.command()
@several
@click.argument("labels", metavar="KEY=VALUE...", nargs=-1, required=True)
@writes
def label(asked: Write, n: str, labels: tuple[str, ...]) -> None:
    """Put labels on a directive; `KEY=` takes one off."""
    wanted = dict(map(_label, labels))
    asked.each(n, lambda register, number, how: register.label(number, wanted, **how))


def _label(text: str) -> tuple[str, str | None]:
    key, equals, value = text.partition("=")
    if not (equals and key.strip()):
        raise click.UsageError(_("{text!r}: write KEY=VALUE, or KEY= to take a label off").format(text=text))
    return key.strip(), value.strip() or None


@click.command()
@several
@click.argument("version", type=int)
@writes
def retract(asked: Write, n: str, version: int) -> None:
    """Declare event VERSION void, with the reason; retracting a retraction brings the event back.

    N is a directive, or `office` or `meeting:NAME` for their events; `history` and `log` show the versions.
    """
    stream, _, name = n.partition(":")
    if n == "office":
        asked.once(lambda register, how: register.retract_office_event(version, **how))
    elif stream == "meeting" and name:
        asked.once(lambda register, how: register.retract_meeting_event(name, version, **how))
    else:
        asked.each(n, lambda register, number, how: register.retract(number, version, **how))
