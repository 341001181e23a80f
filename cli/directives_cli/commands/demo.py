"""`demo`: the main job on a bundled notice, in a scratch register."""

import tempfile
from pathlib import Path

import click

from directives_cli.answers import aside, say_json
from directives_core.language import _

__all__ = ["demo"]


@click.command()
@click.option("--keep", metavar="DIR", help="Play in this folder and leave the register and the notice there.")
@click.option("--json", "as_json", is_flag=True, help="Print only the two answers that it is about, as JSON.")
@click.option("--store", hidden=True, expose_value=False)
def demo(keep: str | None, as_json: bool) -> None:
    """The main job on a bundled notice, in a scratch register that is removed afterwards.

    A notice is read and recorded; weeks pass with reports, an extension, a late paper, a return and completions; then
    the register is shown as a meeting saw it, as it is known now, and why the two differ. The clock is set by hand, so
    every run is the same.
    """
    if keep is not None:
        folder = Path(keep)
        folder.mkdir(parents=True, exist_ok=True)
        _play(folder, as_json=as_json)
        aside(_("kept in {keep}: go there and ask on, with DIRECTIVES_CLOCK=2024-04-15T17:00+07:00").format(keep=keep))
        return
    with tempfile.TemporaryDirectory(prefix="directives-demo-") as scratch:
        _play(Path(scratch), as_json=as_json)


def _play(folder: Path, *, as_json: bool) -> None:
    from directives_cli.rehearsal.play import answers, perform
    from directives_cli.rehearsal.stage import Stage, rehearsal
    from directives_core.bundled import notice_text
    from directives_core.errors import RegisterExists

    if (folder / "directives.db").exists():
        raise RegisterExists(str(folder / "directives.db"))
    with rehearsal(folder):
        Path("notice.txt").write_text(notice_text(), encoding="utf-8")
        stage = Stage(quiet=as_json)
        perform(stage)
        if as_json:
            say_json(answers(stage))
