"""python3 verify.py [PACK.zip or folder] [--key KEY …] [--against FILE]: exit code 0 if all holds, 4 if not."""

import hashlib
import json
import pathlib
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from directives_adapters.evidence.standalone.fold import event_of, fold, office_at
from directives_adapters.evidence.standalone.pages import PARTIAL, asked_of, csv_of, html_of
from directives_adapters.evidence.standalone.proofs import (
    Edge,
    consistent,
    included,
    key_of,
    leaf,
    read_record,
    signed_by,
    stamps_of,
)
from directives_adapters.evidence.standalone.standing import fits, shown

__all__ = ["Failure", "Pack", "check", "main"]

SUMS = "SHA256SUMS"
MEMBERS = (
    "README.txt", "answer.csv", "answer.html", "answer.json", "checkpoint.txt", "checkpoints.jsonl",
    "consistency.jsonl", "inclusion.jsonl", "keys.txt", "records.jsonl", "timestamp.tsr", "timestamped.txt",
    "verify.py",
)  # fmt: skip


class Failure(Exception):
    """Something in the pack is not what it has to be."""


class Pack:
    """The members of a pack, zipped or unpacked."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self.zip = None if path.is_dir() else zipfile.ZipFile(path)
        infos = self.zip.infolist() if self.zip else []
        packed = [info.filename for info in infos if info.compress_type != zipfile.ZIP_STORED]
        if packed or sum(info.file_size for info in infos) > (path.stat().st_size if infos else 0):
            raise Failure(f"its members are not stored as they are, but packed: {', '.join(packed)}")

    def members(self) -> "list[str]":
        """The names of all members, one that is there twice twice."""
        if self.zip:
            return self.zip.namelist()
        return [str(path.relative_to(self.path)) for path in self.path.rglob("*") if not path.is_dir()]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member, one after the other."""
        try:
            with self.zip.open(name) if self.zip else (self.path / name).open("rb") as file:
                yield from file
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Failure(f"{name} is missing or was changed: {error}") from error

    def text(self, name: str) -> str:
        """A whole member."""
        return b"".join(self.lines(name)).decode()

    def json_lines(self, name: str) -> "list[Any]":
        """A member of one JSON value per line."""
        return [json.loads(line) for line in self.lines(name)]


def check(pack: Pack, keys: "list[str]", against: "list[str]") -> "list[str]":
    """Check everything; the sentences that hold.

    Raises:
        Failure: something does not, and what.
    """
    _sums(pack)
    answer, checkpoints = json.loads(pack.text("answer.json")), pack.json_lines("checkpoints.jsonl")
    last = checkpoints[-1]
    held = [f"no member of the pack was changed since {SUMS} was written"]
    held += _notes(pack, answer, last, keys)
    held += _stamps(pack)
    events, found = _records(pack, answer, checkpoints)
    held.append(found)
    held += _consistency(pack, checkpoints)
    for text in against:
        held.append(_against(text, checkpoints))
    held += _answer(pack, answer, events)
    return held


def _sums(pack: Pack) -> None:
    text = pack.text(SUMS)
    listed, _, own = text.rpartition(f"  {SUMS}\n")[0].rpartition("\n")
    listed += "\n"
    if hashlib.sha256(listed.encode()).hexdigest() != own or text != f"{listed}{own}  {SUMS}\n":
        raise Failure(f"{SUMS} was changed")
    sums = {line.partition("  ")[2]: line.partition("  ")[0] for line in listed.splitlines()}
    if sorted(sums) != sorted(MEMBERS):
        raise Failure(f"{SUMS} does not list what a pack consists of")
    found = pack.members()
    if pack.zip and sorted(found) != sorted([*MEMBERS, SUMS]):
        strange = sorted({name for name in found if name not in (*MEMBERS, SUMS) or found.count(name) > 1})
        if strange:
            raise Failure(f"there are members that do not belong to a pack, or are there twice: {', '.join(strange)}")
    for name, expected in sums.items():
        digest = hashlib.sha256()
        for line in pack.lines(name):
            digest.update(line)
        if digest.hexdigest() != expected:
            raise Failure(f"{name} was changed")


def _notes(pack: Pack, answer: Any, last: Any, given: "list[str]") -> "list[str]":
    note = pack.text("checkpoint.txt")
    inside = [line for line in pack.text("keys.txt").splitlines() if line and not line.startswith("#")]
    if not note:
        return ["NOT PROVED: the checkpoint is not signed"]
    origin, size, root = note.split("\n")[:3]
    if (origin, int(size), _hex(root)) != (answer["origin"], last["size"], last["root"]) or note != last["note"]:
        raise Failure("checkpoint.txt speaks of another size, root or register than checkpoints.jsonl")
    try:
        signers = signed_by(note, [key_of(line) for line in (given or inside)])
    except ValueError as error:
        raise Failure(f"checkpoint.txt: {error}") from error
    if given and not signers:
        raise Failure("checkpoint.txt is not signed by any of the keys given")
    if not signers:
        return ["NOT PROVED: nothing in keys.txt signed checkpoint.txt"]
    whose = "" if given else " (a key in the pack itself: compare it with one you got elsewhere)"
    return [f"the checkpoint of {size} events is signed by {name}{whose}" for name in signers]


def _stamps(pack: Pack) -> "list[str]":
    note = pack.text("checkpoint.txt")
    try:
        stamps = stamps_of(note) if note else []
    except (ValueError, IndexError) as error:
        raise Failure(f"checkpoint.txt: {error}") from error
    _, response, stamped, _ = stamps[-1] if stamps else ("", b"", b"", "")
    for name, expected in (("timestamp.tsr", response), ("timestamped.txt", stamped)):
        if b"".join(pack.lines(name)) != expected:
            raise Failure(f"{name} is not that of checkpoint.txt")
    how = "openssl ts -verify -in timestamp.tsr -data timestamped.txt -CAfile ROOT.pem"
    return [
        f"NOT PROVED: {name} says that the checkpoint was there at {instant}; hold its certificate against that: {how}"
        for name, _, _, instant in stamps
    ]


def _hex(encoded: str) -> str:
    import base64

    return base64.b64decode(encoded, validate=True).hex()


def _records(pack: Pack, answer: Any, checkpoints: "list[Any]") -> "tuple[dict[str, list[Any]], str]":
    numbers = answer["numbers"]
    if answer["partial"]:
        numbers = [each["number"] for each in answer["directives"]]
    wanted = {f"directive:{number}" for number in numbers or ()} | {"office"}
    events: dict[str, list[Any]] = {}
    edge, roots = Edge(), {each["size"]: each["root"] for each in checkpoints}
    last, count = checkpoints[-1], 0
    paths = {each["position"]: each["path"] for each in pack.json_lines("inclusion.jsonl")}
    for line in pack.lines("records.jsonl"):
        record, count = read_record(line.decode()), count + 1
        hash_, position = leaf(record), record["position"]
        if answer["partial"]:
            path = [bytes.fromhex(step) for step in paths.pop(position, [])]
            if not included(hash_, position - 1, last["size"], path, bytes.fromhex(last["root"])):
                raise Failure(f"records.jsonl: position {position} is not in the checkpoint")
        else:
            if position != count:
                raise Failure(f"records.jsonl: after position {count - 1} comes {position}")
            edge.add(hash_)
            if count in roots and roots[count] != edge.root.hex():
                raise Failure(f"records.jsonl: the first {count} records have another root than checkpoints.jsonl says")
        if record["stream"] in wanted or (numbers is None and record["stream"].startswith("directive:")):
            known = events.setdefault(record["stream"], [])
            known.append(event_of(record))
            if record["version"] != len(known):
                raise Failure(f"records.jsonl: an event of {record['stream']} before position {position} is missing")
    if answer["moment"]["position"] > last["size"]:
        raise Failure("answer.json speaks of more events than the checkpoint covers")
    if answer["partial"]:
        return events, f"{count} records are in the checkpoint; {answer['partial']}"
    if count != last["size"]:
        raise Failure(f"records.jsonl holds {count} records; the checkpoint covers {last['size']}")
    return events, f"all {count} records, and their order, are those of {len(roots)} checkpoints"


def _consistency(pack: Pack, checkpoints: "list[Any]") -> "list[str]":
    proofs = pack.json_lines("consistency.jsonl")
    if len(proofs) != len(checkpoints) - 1:
        raise Failure("consistency.jsonl does not go from each checkpoint to the next")
    for old, new, proof in zip(checkpoints, checkpoints[1:], proofs):  # noqa: B905 - runs on older Pythons too
        path = [bytes.fromhex(step) for step in proof["path"]]
        sizes, roots = (old["size"], new["size"]), (bytes.fromhex(old["root"]), bytes.fromhex(new["root"]))
        if (proof["from"], proof["to"]) != sizes or not consistent(*sizes, path, *roots):
            raise Failure(f"consistency.jsonl: size {new['size']} does not continue size {old['size']}")
    return [f"each of the {len(checkpoints)} checkpoints continues the one before it"] if proofs else []


def _against(text: str, checkpoints: "list[Any]") -> str:
    squeezed = re.sub(r"\s+", "", text).lower()
    for each in checkpoints:
        import base64

        encoded = base64.b64encode(bytes.fromhex(each["root"])).decode()
        if f"\n{each['size']}\n{encoded}\n" in text or f"size{each['size']},root{each['root']}" in squeezed:
            return f"the pack agrees with what was given, at size {each['size']}"
    raise Failure("what was given names no size and root of a checkpoint in the pack")


def _answer(pack: Pack, answer: Any, events: "dict[str, list[Any]]") -> "list[str]":
    day, position = answer["moment"]["effective_on"], answer["moment"]["position"]
    units, near = office_at(events.get("office", []), day, position)
    _head(answer, events["office"][0], units)
    folded = {name: fold(each, day, position) for name, each in events.items() if name != "office"}
    states = {int(name.partition(":")[2]): state for name, state in folded.items() if state is not None}
    there = {number: shown(number, state, day, near, units) for number, state in sorted(states.items())}
    given = [each["number"] for each in answer["directives"]]
    expected = _expected(answer, there)
    if given != expected and not (answer["filters"].get("find") and set(given) <= set(expected)):
        raise Failure(f"answer.json shows directives {given}; by the events they are {expected}")
    for each in answer["directives"]:
        mine = there[each["number"]]
        if mine != each:
            wrong = ", ".join(sorted(name for name in {*mine, *each} if mine.get(name) != each.get(name)))
            raise Failure(f"answer.json: D-{each['number']} is not what its events give: {wrong}")
    for name, page in (("answer.csv", csv_of(answer)), ("answer.html", html_of(answer))):
        if pack.text(name) != page:
            raise Failure(f"{name} does not show what answer.json says")
    held = [f"the answer on {len(given)} directives is what their events give; both pages show it"]
    if answer["filters"].get("find"):
        held.append("NOT PROVED: that no other directive has the words that were looked for")
    return held


def _head(answer: Any, first: Any, units: "dict[str, str]") -> None:
    """Whether the answer says truly of which register it is, and what was asked for."""
    created, unit = first["p"], answer["filters"].get("unit")
    called = None if unit is None else units.get(unit, unit)
    said = {
        "origin": f"directives/{created['register_id']}", "title": created["title"],
        "asked": asked_of(answer["numbers"], answer["filters"], called),
    }  # fmt: skip
    wrong = [name for name, value in said.items() if answer[name] != value]
    wrong += ["moment"] if answer["moment"]["zone"] != created["zone"] else []
    wrong += ["partial"] if answer["partial"] not in (None, PARTIAL) else []
    if first["type"] != "register.created" or wrong:
        raise Failure(f"answer.json is not what its events give: {', '.join(wrong)}")


def _expected(answer: Any, there: "dict[int, Any]") -> "list[int]":
    """The numbers that the answer has to show: those asked for, as far as they fit its filters."""
    numbers, filters = answer["numbers"], answer["filters"]
    fitting = [n for n, each in there.items() if (numbers is None or n in numbers) and fits(each, filters)]
    return fitting if filters.get("find") else fitting[: filters.get("limit")]


def main(arguments: "list[str]") -> int:
    """Check the pack that is named, or the folder that this file lies in."""
    path, keys, against = None, [], []
    rest = iter(arguments)
    for each in rest:
        if each == "--key":
            keys.append(next(rest, ""))
        elif each == "--against":
            against.append(pathlib.Path(next(rest, "")).read_text(encoding="utf-8"))
        else:
            path = pathlib.Path(each)
    try:
        pack = Pack(path or pathlib.Path(__file__).resolve().parent)
        held = check(pack, keys, against)
        if b"".join(pack.lines("verify.py")) != pathlib.Path(__file__).read_bytes():
            held.append("NOT PROVED: verify.py in the pack is another one than this; trust your own")
    except Failure as failure:
        print(f"FAILED: {failure}")  # noqa: T201 - it is a script
        return 4
    except Exception as error:  # noqa: BLE001 - whatever a forged pack brings about, it is no whole pack
        print(f"FAILED: this is no whole pack: {type(error).__name__}: {error}")  # noqa: T201
        return 4
    held.append("NOT PROVED: that what was entered is true, and that everything was entered")
    print("\n".join(held))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
