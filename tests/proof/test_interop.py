"""Notes and proofs are accepted by golang.org/x/mod/sumdb, a verifier that this project did not write."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from directives_core.proof.notes import new_signer, read_note
from directives_core.proof.records import entry_of, leaf_of
from directives_core.proof.tree import Frontier, Subtrees, consistency_ranges, inclusion_ranges
from tests.register.given import OFFICE, assign

SOURCES = Path("/usr/share/gocode")  # where Debian's golang-golang-x-mod-dev puts them
PROGRAM = Path(__file__).with_name("interop") / "main.go"


@pytest.fixture(scope="module")
def verifier(tmp_path_factory):
    if shutil.which("go") is None:
        pytest.skip("there is no Go: apt-get install golang-go golang-golang-x-mod-dev")
    if not (SOURCES / "src/golang.org/x/mod/sumdb/note").is_dir():
        pytest.skip("golang.org/x/mod is not there: apt-get install golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    settings = {"GO111MODULE": "off", "GOPATH": str(SOURCES), "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    subprocess.run(
        ["go", "build", "-o", folder / "verifier", PROGRAM], env={**os.environ, **settings}, check=True, timeout=300
    )
    return folder / "verifier"


def said(verifier, given):
    done = subprocess.run([verifier], input=json.dumps(given), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


@pytest.fixture
def given(register):
    """A signed checkpoint with every inclusion and consistency proof up to it."""
    signer = new_signer(register.origin)
    register.sign_with(signer)
    for _ in range(12):
        assign(register)
    register.close_meeting("GB-2021-09", by=OFFICE)
    taken = register.checkpoints()[-1]
    records = list(register.records())
    roots = []
    for size in range(len(records) + 1):
        frontier = Frontier()
        frontier.extend(map(leaf_of, records[:size]))
        roots.append(frontier.root.hex())
    inside = {n: inclusion_ranges(n, taken.size) for n in range(taken.size)}
    grown = {(old, new): consistency_ranges(old, new) for new in range(1, taken.size + 1) for old in range(1, new + 1)}

    def path(ranges, size):
        subtrees = Subtrees(ranges)
        subtrees.extend(map(leaf_of, records[:size]))
        return [step.hex() for step in subtrees.proof(ranges)]

    return {
        "Note": taken.note, "Key": str(signer.verifier), "Text": read_note(taken.note).text,
        "Inclusion": [
            {"Old": n, "New": taken.size, "NewRoot": roots[-1], "Entry": entry_of(records[n]).hex(),
             "Path": path(ranges, taken.size)}
            for n, ranges in inside.items()
        ],
        "Consistency": [
            {"Old": old, "New": new, "OldRoot": roots[old], "NewRoot": roots[new], "Path": path(ranges, new)}
            for (old, new), ranges in grown.items()
        ],
    }  # fmt: skip


def test_go_accepts_the_note_and_every_proof(verifier, given):
    size = len(given["Inclusion"])

    assert said(verifier, given) == (0, f"ok {size} {size * (size + 1) // 2}")


def test_go_refuses_a_changed_one(verifier, given):
    for change in (
        lambda: given | {"Note": given["Note"].replace("rules 1", "rules 2")},
        lambda: given | {"Inclusion": [given["Inclusion"][3] | {"Old": 4}]},
        lambda: given | {"Consistency": [given["Consistency"][40] | {"OldRoot": "00" * 32}]},
    ):
        assert said(verifier, change())[0] == 4
