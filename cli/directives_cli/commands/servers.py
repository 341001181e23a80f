"""`store distribute`, `grant` and `revoke`: what only a register on a server of databases knows."""

from typing import Any

import click

from directives_cli.answers import say, say_json
from directives_cli.options import plain
from directives_cli.place import store_url
from directives_cli.words import harmless
from directives_core.language import _

__all__ = ["distribute", "grant", "revoke"]


@click.command()
@plain
def distribute(store: str | None, as_json: bool) -> None:
    """Spread the tables of a database over its Citus cluster, each register as a whole on one node.

    Harmless where it was done before; asks for the rights of a superuser.
    """
    url = store_url(store)
    _offered(url, "distribute")(url)
    _tell({"distributed": True}, _("the tables are spread over the nodes of the cluster"), as_json=as_json)


@click.command()
@click.argument("role")
@click.option("--write", is_flag=True, help="Let the role write too; it can still neither change nor delete events.")
@plain
def grant(store: str | None, as_json: bool, role: str, write: bool) -> None:
    """Let a role of the server read this register, or with --write also write into it; ask as owner of the tables."""
    url = store_url(store)
    _offered(url, "grant")(url, role, write=write)
    said = _("{role} may read and write this register") if write else _("{role} may read this register")
    _tell({"role": role, "write": write}, said.format(role=harmless(role)), as_json=as_json)


@click.command()
@click.argument("role")
@plain
def revoke(store: str | None, as_json: bool, role: str) -> None:
    """Take from a role of the server what `store grant` gave it in this register; harmless where it had nothing."""
    url = store_url(store)
    _offered(url, "revoke")(url, role)
    _tell({"role": role}, _("{role} has no rights in this register").format(role=harmless(role)), as_json=as_json)


def _offered(url: str, name: str) -> Any:
    """What the kind of store that the URL names can do beyond the port."""
    from directives_adapters import store_module
    from directives_core.errors import BadValue

    able = getattr(store_module(url), name, None)
    if able is None:
        raise BadValue("--store", url.partition(":")[0], expected="the URL of a register in PostgreSQL")
    return able


def _tell(data: dict[str, Any], sentence: str, *, as_json: bool) -> None:
    if as_json:
        say_json(data)
    else:
        say(sentence)
