"""The table of commands: where each one lives and what it does, so that help costs no import of any of them."""

from collections.abc import Callable
from typing import NamedTuple

__all__ = ["FOOT", "HEAD", "SECTIONS", "Entry", "find", "help_text"]


class Entry(NamedTuple):
    """One command: its name, its module below `directives_cli.commands` with the attribute, and a line of help."""

    name: str
    where: str
    summary: str


# A new command is a row here, a function in a module of `commands`, and a run of `python -m tests.cli.reference`.
SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("Begin", (
        Entry("demo", "demo:demo", "the main job on a bundled notice, in a scratch register"),
        Entry("init", "begin:init", "make a new register"),
        Entry("completion", "completion:completion", "let the tab key complete: bash, zsh, fish, powershell"),
    )),
    ("The office", (
        Entry("actor", "actors:actor", "who acts: add, change, end, list"),
        Entry("unit", "units:unit", "units: add, rename, end, succeed, hand-over, list"),
        Entry("class", "units:class_", "classes of units: define, list"),
        Entry("setting", "settings:setting", "settings: set, list"),
        Entry("meeting", "meetings:meeting", "meetings: open, close, list"),
    )),
    ("Orders", (
        Entry("notice", "notices:notice", "conclusion notices: read, record, list"),
        Entry("adopt", "adopting:adopt", "take over an old register that was kept in a spreadsheet"),
        Entry("assign", "orders:assign", "assign a directive to lead units"),
        Entry("allocate", "orders:allocate", "give the share of a class to its members, or add lead units"),
        Entry("amend", "orders:amend", "correct what was entered otherwise than the document says"),
        Entry("link", "orders:link", "relate a directive to another one"),
        Entry("label", "orders:label", "put labels on a directive, or take them off"),
        Entry("retract", "orders:retract", "declare an event void, with the reason"),
        Entry("undo", "comparing:undo", "take back a whole command; it can itself be undone"),
    )),
    ("Work", (
        Entry("acknowledge", "work:acknowledge", "the lead unit knows of the duty and begins"),
        Entry("decline", "work:decline", "the lead unit asks to be released"),
        Entry("report", "work:report", "report progress, or the result"),
        Entry("collect", "collecting:collect", "take in the forms that units filled in, as their reports"),
        Entry("request-extension", "work:request_extension", "ask for a later deadline"),
        Entry("remind", "daily:remind", "remind the lead units; with letters"),
        Entry("explain", "work:explain", "record why something is as it is"),
        Entry("note", "work:note", "write down what changes no state"),
        Entry("complete", "work:complete", "accept the result"),
        Entry("return", "work:return_", "send a reported result back for rework"),
    )),
    ("Rulings", (
        Entry("extend", "rulings:extend", "grant a later deadline"),
        Entry("refuse-extension", "rulings:refuse_extension", "refuse a request for a later deadline"),
        Entry("set-deadline", "rulings:set_deadline", "set a deadline where there was none, or an earlier one"),
        Entry("reopen", "rulings:reopen", "make work again of what was completed or closed"),
        Entry("suspend", "rulings:suspend", "let a duty rest"),
        Entry("resume", "rulings:resume", "let a suspended duty go on"),
        Entry("withdraw", "rulings:withdraw", "end a duty without a result"),
        Entry("supersede", "rulings:supersede", "end a duty in favour of another directive"),
        Entry("hand-over", "rulings:hand_over", "pass shares to other units"),
    )),
    ("Questions", (
        Entry("today", "daily:today", "what the day asks for: late, due, to be decided on, opening"),
        Entry("list", "reading:list_", "the directives that fit the filters, as of a moment"),
        Entry("show", "reading:show", "directives with their shares, as of a moment"),
        Entry("history", "histories:history", "every event of a directive"),
        Entry("log", "histories:log", "every event of the register"),
        Entry("why", "histories:why", "the event that set a field"),
        Entry("changes", "comparing:changes", "what changed between two moments"),
        Entry("pack", "packing:pack", "the papers of a meeting in one document, .docx or .pdf"),
        Entry("agenda", "comparing:agenda", "the open duties of a meeting, by unit"),
        Entry("stats", "figures:stats", "the table of figures, as of a moment"),
        Entry("restate", "figures:restate", "whether published figures would read differently today"),
    )),
    ("Keeping", (
        Entry("store", "keeping:store", "the place of a register: check, copy, backup, rebuild"),
        Entry("export", "exporting:export", "directives in a file: csv, xlsx, docx, ics, html, jsonl"),
        Entry("import", "keeping:import_", "a register made of exported lines"),
    )),
    ("Proof", (
        Entry("checkpoint", "proving:checkpoint", "keep what the log is now; prints the lines for the minutes"),
        Entry("verify", "proving:verify", "whether the log still is what it was: exit code 4 where not"),
        Entry("evidence", "evidence:evidence", "an answer with its proof, to be checked with Python alone"),
        Entry("witness", "witness:witness", "a second office signs a checkpoint: request, sign, keep"),
        Entry("key", "keys:key", "the keys that sign checkpoints: new, rotate, revoke, list"),
        Entry("erase", "erasing:erase", "destroy the key of a name or passage; proofs stay"),
        Entry("subjects", "erasing:subjects", "of whom something is sealed, and what was erased"),
    )),
)  # fmt: skip

HEAD = """\
Usage: directives COMMAND [OPTIONS] [ARGUMENTS]

  What was ordered, by whom, to whom, by when, and what came of it: a register
  that shows what was known on any past day.
"""

FOOT = """\
N names directives: 12, D-12, a list or range such as 12,15-18, a share 12/3,
a period 12/3@2021-10, or the item of a notice 123/TB-UBND:II.11.1.

Every command: --json, --store URL, --lang en|vi, --help.
Every write:   --by ID, --effective-on DAY, --reason TEXT, --source DOCUMENT,
               --dry-run, --command-id ID, --if-version V, --entered-by ID.
Every read:    --as-of and --known-at, each a DAY, MEETING, INSTANT or POSITION.

Environment:
  DIRECTIVES_STORE  the register, where --store is not given; without either,
                    directives.db in this folder or the nearest one above
  DIRECTIVES_ACTOR  who acts, where --by is not given
  DIRECTIVES_KEYS   the key file that signs checkpoints
  DIRECTIVES_TIMESTAMP, DIRECTIVES_AUTHORITY
                    who stamps them; whose stamps count
  DIRECTIVES_LANG   the language, where --lang is not given: en or vi; without
                    either, the register's setting, then the locale
  DIRECTIVES_CLOCK  for rehearsals and tests: the instant taken for now,
                    such as 2021-10-01T17:00+07:00
  NO_COLOR          no colours
  PAGER             what shows long answers on a terminal; empty: nothing

Exit codes: 0 done, 1 refused or not found, 2 misuse, 3 conflict: try again,
4 a check failed.
"""


def find(name: str) -> Entry | None:
    """The command of this name, if there is one."""
    return next((entry for _, entries in SECTIONS for entry in entries if entry.name == name), None)


def help_text(say: Callable[[str], str] = str) -> str:
    """What `directives --help` shows, in the language that `say` puts it into."""
    blocks = [say(HEAD)]
    for title, entries in SECTIONS:
        lines = [f"  {entry.name:<18} {say(entry.summary)}" for entry in entries]
        blocks.append("\n".join([f"{say(title)}:", *lines, ""]))
    return "\n".join([*blocks, say(FOOT)])
