"""Writing an evidence pack: an answer, the records that it rests on, and all that is needed to check both."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, Unpack

from directives_adapters.evidence.script import script
from directives_adapters.evidence.standalone.pages import PARTIAL, asked_of, csv_of, html_of
from directives_core.errors import AlreadyThere, BadValue, DamagedStore, NothingToDo
from directives_core.language import Phrase
from directives_core.office.names import find_holder
from directives_core.proof.anchors import Anchor, read_anchors
from directives_core.proof.notes import VerifierKey, read_note
from directives_core.proof.records import leaf_of
from directives_core.proof.timestamps import stamps_of
from directives_core.proof.tree import Subtrees, consistency_ranges, inclusion_ranges
from directives_core.register import Register
from directives_core.register.checkpoints import TakenCheckpoint
from directives_core.store import Record
from directives_core.views.directive import DirectiveView
from directives_core.views.filters import Filters
from directives_core.views.view import View

__all__ = ["pack_anchors", "write_pack"]

_WHEN = (1980, 1, 1, 0, 0, 0)  # so that the same register gives the same bytes
_SUMS = "SHA256SUMS"
_FILTERS = ("unit", "status", "timeliness", "notice", "label", "find", "after", "limit")

_README = """\
{partial}What this is: an answer of the register "{title}" ({origin}), with the proof that it rests on.

  answer.html, answer.csv   the answer as people read it: {asked},
                            as of {effective_on}, known at position {position}
  answer.json               the same for programs
  records.jsonl             {records}
  checkpoints.jsonl         size and root of the log at each checkpoint; consistency.jsonl proves that each
                            continues the one before it
  inclusion.jsonl           for a partial pack: the proof of each record
  checkpoint.txt            the note of the last checkpoint, signed or stamped; empty where it is neither
  timestamp.tsr             the time stamp below it (RFC 3161), if any, and timestamped.txt, what it stamps
  keys.txt                  the public keys: compare them with those that you were given elsewhere
  SHA256SUMS                the hash of every file
  verify.py                 checks all of this: python3 verify.py

verify.py computes the hashes, the proofs and the signature, and the answer anew from the events. It needs Python 3.9 or
newer and nothing else. To trust nothing in here, take your own copy of verify.py, and give it a key or minutes that you
kept: python3 verify.py PACK.zip --key KEY --against FILE

What it cannot show: that what was entered is true, that everything was entered, or that an owner who holds the key did
not rewrite all of it before you kept anything. Names of persons, and passages of texts that are marked as personal, are
sealed in the records and not part of the pack: it shows [sealed] in their place.
"""


@dataclass(frozen=True, slots=True)
class _Proofs:
    consistency: list[dict[str, Any]]
    inclusion: list[dict[str, Any]]


def write_pack(
    register: Register,
    path: Path,
    view: View,
    *,
    partial: bool = False,
    keys: Iterable[VerifierKey] = (),
    **filters: Unpack[Filters],
) -> TakenCheckpoint:
    """Write the answer of a view, with its proof, into a zip file. The same register and question give the same bytes.

    A checkpoint is taken of all that the register holds, and the pack reaches to it.

    Args:
        register: the register.
        path: a file that does not exist.
        view: the register at the moment of the answer.
        filters: only the directives that fit them, as `View.directives` takes them; by default every one.
        partial: hold only the records of these directives and of the office, with proofs that they are in the log. The
            pack says in its first line that omission cannot be detected then.
        keys: the public keys by which the notes can be checked.

    Raises:
        AlreadyThere: something lies at the path.
        NothingToDo: a partial pack of every directive was asked for.
        DamagedStore: a record is no text; `register.verify()` says more.
    """
    if path.exists():
        raise AlreadyThere(Phrase("{path} exists already; choose another name", path=path))
    chosen, numbers = _chosen(view, filters), filters.get("numbers")
    if partial and numbers is None and not any(chosen.values()):
        raise NothingToDo("partial pack", give=Phrase("the directives that it is about"))
    taken = register.checkpoint()
    answer = _answer(register, view.closed(), numbers, chosen, partial=partial)
    checkpoints = _one_per_size(register.checkpoints())
    streams = {f"directive:{each['number']}" for each in answer["directives"]} | {"office"}
    wanted = streams if partial else None
    proofs = _proofs(register, checkpoints, wanted)
    stamps = stamps_of(read_note(taken.note)) if taken.note else []
    members: dict[str, Iterable[str | bytes]] = {
        "README.txt": [_readme(answer, wanted)],
        "answer.csv": [csv_of(answer)],
        "answer.html": [html_of(answer)],
        "answer.json": [json.dumps(answer, ensure_ascii=False, indent=1) + "\n"],
        "checkpoint.txt": [taken.note or ""],
        "checkpoints.jsonl": [_line({"size": c.size, "root": c.root.hex(), "note": c.note}) for c in checkpoints],
        "consistency.jsonl": map(_line, proofs.consistency),
        "inclusion.jsonl": map(_line, proofs.inclusion),
        "keys.txt": ["# compare these with the keys that you were given elsewhere\n", *(f"{key}\n" for key in keys)],
        "timestamp.tsr": [stamps[-1].response if stamps else b""],
        "timestamped.txt": [stamps[-1].message if stamps else b""],
        "records.jsonl": (_line(_shown(register, record)) for record in _records(register, taken.size, wanted)),
        "verify.py": [script()],
    }
    try:
        _write(path, members)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return taken


def pack_anchors(path: Path) -> list[Anchor]:
    """The roots in an evidence pack, to be held against a register.

    Raises:
        BadValue: it is no pack.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            if any(info.compress_type != zipfile.ZIP_STORED for info in pack.infolist()):
                raise BadValue("against", str(path), expected=Phrase("an evidence pack, whole and unchanged"))
            lines = pack.read("checkpoints.jsonl").decode().splitlines()
            origin = json.loads(pack.read("answer.json"))["origin"]
        anchors = [
            Anchor(each["size"], bytes.fromhex(each["root"]), f"{path.name}, size {each['size']}", origin)
            for each in map(json.loads, lines)
        ]
        noted = [
            anchor
            for each in map(json.loads, lines)
            if each["note"]
            for anchor in read_anchors(each["note"], f"the note of size {each['size']} in {path.name}")
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BadValue("against", str(path), expected=Phrase("an evidence pack, whole and unchanged")) from error
    return [*anchors, *noted]


# ------------------------------------------------------------------------------------------------------------ members


def _write(path: Path, members: dict[str, Iterable[str | bytes]]) -> None:
    sums = []
    with zipfile.ZipFile(path, "x") as pack:
        for name, texts in members.items():
            digest = hashlib.sha256()
            with pack.open(_info(name), "w", force_zip64=True) as file:
                for text in texts:
                    data = text.encode() if isinstance(text, str) else text
                    file.write(data)
                    digest.update(data)
            sums.append(f"{digest.hexdigest()}  {name}\n")
        listed = "".join(sums)
        with pack.open(_info(_SUMS), "w") as file:
            file.write(f"{listed}{hashlib.sha256(listed.encode()).hexdigest()}  {_SUMS}\n".encode())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info  # stored, for what compresses differs between machines


def _readme(answer: dict[str, Any], wanted: set[str] | None) -> str:
    of_these = "the events of these directives and of the office"
    records = "every event up to the last checkpoint" if wanted is None else of_these
    partial = f"{answer['partial']}\n\n" if answer["partial"] else ""
    return _README.format(**answer["moment"], title=answer["title"], origin=answer["origin"], asked=answer["asked"],
                          partial=partial, records=records)  # fmt: skip


def _chosen(view: View, filters: Filters) -> dict[str, Any]:
    """The filters as answer.json has them: a unit by its id, a label as KEY=VALUE, those not given as none."""
    unit, label = filters.get("unit"), filters.get("label")
    pairs = list(label.items() if isinstance(label, Mapping) else [label] if isinstance(label, tuple) else [])
    if len(pairs) > 1:
        raise BadValue("label", label, expected=Phrase("one label"))
    return {name: filters.get(name) for name in _FILTERS} | {
        "unit": None if unit is None else find_holder(view.office, unit, on=view.moment.effective_on).id,
        "label": "=".join(pairs[0]) if pairs else label,
    }  # fmt: skip


def _answer(
    register: Register, view: View, numbers: Sequence[int] | None, filters: dict[str, Any], *, partial: bool
) -> dict[str, Any]:
    moment = view.moment
    if numbers is not None:
        for number in numbers:
            _ = view[number]  # refuses what is not there
    shown = view.directives(numbers=numbers, **filters)
    wanted = None if numbers is None else sorted(set(numbers))
    unit = None if filters["unit"] is None else view.office.unit_name(filters["unit"])
    return {
        "format": "directives-evidence", "version": 1, "origin": register.origin, "title": register.title,
        "partial": PARTIAL if partial else None, "asked": asked_of(wanted, filters, unit), "rules": moment.key.rules,
        "numbers": wanted, "filters": filters,
        "moment": {"effective_on": str(moment.effective_on), "position": moment.position, "zone": moment.zone},
        "directives": [_directive(each) for each in shown],
    }  # fmt: skip


_OWN = (
    "number", "text", "kind", "notice", "path", "assigned_on", "status", "timeliness", "due_on", "original_due_on",
    "extensions", "completed_on", "last_report", "reminders", "report_to", "via", "labels", "notes",
)  # fmt: skip
_ITS = (
    "share", "unit", "status", "timeliness", "due_on", "original_due_on", "extensions", "delivered_on", "last_report",
)  # fmt: skip
_PERIODS = ("period", "status", "timeliness", "due_on", "delivered_on")


def _directive(each: DirectiveView) -> dict[str, Any]:
    whole = each.as_json()
    shares = [
        {name: share[name] for name in _ITS}
        | {"periods": [{n: period[n] for n in _PERIODS} for period in share["periods"]]}
        for share in sorted(whole["shares"], key=itemgetter("share"))
    ]
    return _only(_OWN, whole) | {"cooperating": [unit["name"] for unit in whole["cooperating"]], "shares": shares}


def _only(names: Sequence[str], whole: Mapping[str, Any]) -> dict[str, Any]:
    return {name: whole[name] for name in names}


def _one_per_size(checkpoints: Sequence[TakenCheckpoint]) -> list[TakenCheckpoint]:
    """Of each size the one kept last, which has most signatures."""
    return list({checkpoint.size: checkpoint for checkpoint in checkpoints}.values())


def _proofs(register: Register, checkpoints: Sequence[TakenCheckpoint], wanted: set[str] | None) -> _Proofs:
    """Both kinds of proof, in one pass over the log after one that finds the positions that are wanted."""
    size = checkpoints[-1].size
    sizes = [checkpoint.size for checkpoint in checkpoints]
    steps = [(old, new, consistency_ranges(old, new)) for old, new in pairwise(sizes)]
    positions = [] if wanted is None else [record.position for record in _records(register, size, wanted)]
    paths = [(position, inclusion_ranges(position - 1, size)) for position in positions]
    needed = [*(ranges for _, _, ranges in steps), *(ranges for _, ranges in paths)]
    subtrees = Subtrees(each for ranges in needed for each in ranges)
    subtrees.extend(map(leaf_of, _records(register, size, None)))
    return _Proofs(
        [{"from": old, "to": new, "path": _hexed(subtrees, ranges)} for old, new, ranges in steps],
        [{"position": position, "path": _hexed(subtrees, ranges)} for position, ranges in paths],
    )


def _hexed(subtrees: Subtrees, ranges: Sequence[tuple[int, int]]) -> list[str]:
    return [step.hex() for step in subtrees.proof(ranges)]


def _records(register: Register, size: int, streams: set[str] | None) -> Iterator[Record]:
    for record in register.records(to=size):
        if streams is None or record.stream in streams:
            yield record


def _shown(register: Register, record: Record) -> dict[str, Any]:
    try:
        return record._asdict() | {"data": record.data.decode()}
    except UnicodeDecodeError as error:
        raise DamagedStore(
            register.where, why=Phrase("event {position} is no text", position=record.position)
        ) from error


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
