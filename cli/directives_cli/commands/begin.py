"""`init`: a new register."""

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.options import plain
from directives_cli.place import clock, new_store
from directives_core.language import _

__all__ = ["init"]


@click.command()
@click.option("--title", required=True, help="What the register is called.")
@click.option("--zone", required=True, help="The zone in which its days end, such as Asia/Ho_Chi_Minh; fixed.")
@click.option("--calendar", metavar="COUNTRY", help="The country whose public holidays count, such as VN.")
@plain
def init(title: str, zone: str, calendar: str | None, store: str | None, as_json: bool) -> None:
    """Make a new register: at --store, else DIRECTIVES_STORE, else directives.db in this folder.

    The first actor is added next, with `directives actor add`.
    """
    url, now = new_store(store), clock()
    from directives_adapters import create_register

    with create_register(url, title=title, zone=zone, calendar=calendar, clock=now) as register:
        if as_json:
            say_json({"register_id": register.register_id, "title": title, "zone": zone, "where": register.where})
        else:
            say(register.where)
            aside(_("next: directives actor add ID --name NAME --unit UNIT --role office"))
