"""Checkpoints are taken on demand and when a meeting closes, carry on from one another, and are verified."""

import hashlib
import struct

import pytest

from directives_core.errors import BadValue, CheckFailed, Misuse, UnknownPosition
from directives_core.proof.anchors import note_text
from directives_core.proof.notes import VerifierKey, new_signer, read_note, verified
from directives_core.proof.records import entry_of, leaf_of, leaves_of
from directives_core.proof.tree import Frontier
from directives_core.proof.verify import verify
from directives_core.store import Checkpoint, Record
from tests.register.given import OFFICE, assign, position


def records_of(register):
    with register._store.read() as transaction:
        return list(transaction.records())


def root_of(records):
    frontier = Frontier()
    frontier.extend(map(leaf_of, records))
    return frontier.root


def test_a_leaf_covers_every_field_of_a_record_as_the_format_says():
    record = Record(7, "directive:1", 3, 1_632_272_400_000_001, 18_892, "directive.noted.v1", b'{"a":1}')

    entry = struct.pack(">Q", 7) + struct.pack(">Q", 3) + struct.pack(">q", 1_632_272_400_000_001)
    entry += struct.pack(">i", 18_892) + struct.pack(">H", 11) + struct.pack(">H", 18) + struct.pack(">I", 7)
    entry += b"directive:1" + b"directive.noted.v1" + b'{"a":1}'

    assert entry_of(record) == entry
    assert leaf_of(record) == hashlib.sha256(b"\x00" + entry).digest()


def test_a_record_beyond_the_bounds_of_the_format_is_refused():
    with pytest.raises(ValueError, match="position -1"):
        entry_of(Record(-1, "a", 1, 0, 0, "t", b""))
    good = Record(1, "a", 1, 0, 0, "t", b"")
    first, second = leaves_of([good, Record(2, "a", 2, 0, 2**31, "t", b"")])
    assert first == leaf_of(good)
    assert len(second) == 32


def test_a_checkpoint_is_the_root_of_all_events_and_is_kept_once(any_register):
    assign(any_register)

    taken = any_register.checkpoint()

    assert (taken.size, taken.root) == (position(any_register), root_of(records_of(any_register)))
    assert taken.note is None
    assert any_register.checkpoint() == taken
    assert any_register.checkpoints() == [taken]
    assert taken.as_json()["root"] == taken.root.hex()


def test_each_checkpoint_carries_on_from_the_last_one(any_register):
    for _ in range(5):
        assign(any_register)
        any_register.checkpoint()

    records = records_of(any_register)
    taken = any_register.checkpoints()
    assert [each.root for each in taken] == [root_of(records[: each.size]) for each in taken]
    assert len({each.size for each in taken}) == 5


def test_a_checkpoint_costs_the_events_since_the_last_one(sqlite_register, monkeypatch):
    assign(sqlite_register)
    first = sqlite_register.checkpoint()
    assign(sqlite_register)
    read = []
    from directives_core.proof import records

    leaves_of = records.leaves_of
    monkeypatch.setattr(records, "leaves_of", lambda some: leaves_of(read.extend(some) or some))

    second = sqlite_register.checkpoint()

    assert [record.position for record in read] == list(range(first.size + 1, second.size + 1))


def test_an_earlier_size_can_be_taken_later(register):
    assign(register)
    early = position(register)
    assign(register)
    register.checkpoint()

    taken = register.checkpoint(size=early)

    assert taken.root == root_of(records_of(register)[:early])
    assert [each.size for each in register.checkpoints()] == [early, position(register)]
    assert register.verify().ok
    for size in (0, position(register) + 1):
        with pytest.raises(UnknownPosition):
            register.checkpoint(size=size)


def test_closing_a_meeting_takes_a_checkpoint_of_all_that_it_saw(any_register):
    assign(any_register)

    closed = any_register.close_meeting("GB-2021-09", on="2021-09-22", by=OFFICE)

    (taken,) = any_register.checkpoints()
    assert taken.size == max(closed.positions) == position(any_register)
    assert closed.warnings == ()


def test_a_closing_sent_again_takes_the_checkpoint_that_was_missed(register):
    class Broken:
        @property
        def verifier(self):
            raise OSError("the token is not plugged in")

    register.sign_with(Broken())
    closed = register.close_meeting("GB-2021-09", by=OFFICE, command_id="close")

    assert "no checkpoint was taken (the token is not plugged in)" in closed.warnings[0]
    assert register.checkpoints() == []
    assert register.as_of("GB-2021-09").moment.position == max(closed.positions)

    register.sign_with(None)
    assign(register)
    again = register.close_meeting("GB-2021-09", by=OFFICE, command_id="close")

    assert again.warnings == ()
    assert [taken.size for taken in register.checkpoints()] == [max(closed.positions)]


def test_in_a_batch_the_checkpoint_is_taken_when_it_is_written(any_register):
    with any_register.batch(by=OFFICE):
        closed = any_register.close_meeting("GB-2021-09")
        with pytest.raises(Misuse):
            any_register.checkpoint()
        assign(any_register)

    assert [taken.size for taken in any_register.checkpoints()] == [max(closed.positions)]


def test_a_dry_run_of_a_closing_leaves_no_checkpoint(any_register):
    with any_register.batch(by=OFFICE, dry_run=True):
        any_register.close_meeting("GB-2021-09")

    assert any_register.checkpoints() == []


# --------------------------------------------------------------------------------------------------------- signatures


def test_a_note_has_the_form_of_a_checkpoint_and_verifies_with_the_key(any_register):
    signer = new_signer(any_register.origin)
    any_register.sign_with(signer)
    any_register.close_meeting("GB-2021-09", by=OFFICE)

    (taken,) = any_register.checkpoints()
    note = read_note(taken.note)

    assert note.text == note_text(f"directives/{any_register.register_id}", taken.size, taken.root, taken.rules)
    assert verified(note, [signer.verifier]) == (signer.verifier,)
    found = any_register.verify(keys=[signer.verifier])
    assert found.ok
    assert found.checkpoints[0].signed_by == (f"{signer.verifier.name}+{signer.verifier.id.hex()}",)


def test_a_kept_checkpoint_is_signed_later_and_by_a_second_key_beside_the_first(register):
    assign(register)
    first, second = new_signer(register.origin), new_signer(register.origin)

    assert register.checkpoint().note is None
    once = register.checkpoint(signer=first)
    twice = register.checkpoint(signer=second)

    assert register.checkpoint(signer=first) == twice
    assert verified(read_note(once.note), [first.verifier, second.verifier]) == (first.verifier,)
    assert verified(read_note(twice.note), [first.verifier, second.verifier]) == (first.verifier, second.verifier)
    assert [each.note for each in register.checkpoints()] == [None, once.note, twice.note]
    assert register.verify(keys=[first.verifier]).ok


def test_the_key_of_another_register_does_not_sign(register):
    with pytest.raises(BadValue, match="a key of this register"):
        register.checkpoint(signer=new_signer("directives/0123"))
    assert register.checkpoints() == []


def test_a_signature_that_is_none_is_not_kept(register):
    honest = new_signer(register.origin)

    class Wrong:
        verifier = VerifierKey(register.origin, 1, honest.verifier.public)

        def sign(self, message):
            return honest.sign(message + b"!")

    with pytest.raises(BadValue, match="its own verifier key accepts"):
        register.checkpoint(signer=Wrong())
    assert register.checkpoints() == []


# ---------------------------------------------------------------------------------------------------------- verifying


def test_an_untouched_register_verifies_and_says_how_far_that_reaches(any_register):
    assign(any_register)
    taken = any_register.checkpoint()
    assign(any_register)
    told = []

    found = any_register.verify(progress=lambda done, size: told.append((done, size)))

    size = position(any_register)
    assert found.ok
    found.refuse_if_failed()
    assert (found.size, found.root) == (size, root_of(records_of(any_register)))
    assert told[-1] == (size, size)
    shown = found.as_json()
    assert shown["problems"] == []
    assert [(c["size"], c["root"], c["ok"]) for c in shown["checkpoints"]] == [(taken.size, taken.root.hex(), True)]
    assert f"event {size}: no root covers it" in found.not_proved
    assert any("signatures" in sentence for sentence in found.not_proved)


def test_only_the_first_events_are_verified_where_a_size_is_given(register):
    assign(register)
    early = register.checkpoint()
    assign(register)
    register.checkpoint()

    found = register.verify(size=early.size)

    assert found.ok
    assert (found.size, found.root) == (early.size, early.root)
    assert [each.size for each in found.checkpoints] == [early.size]
    assert not register.verify(size=position(register) + 1).ok
    with pytest.raises(BadValue):
        register.verify(size=0)


def test_a_register_agrees_with_its_own_note_and_minutes_and_with_no_other(register, tmp_path):
    assign(register)
    taken = register.checkpoint(signer=new_signer(register.origin))
    assign(register)
    minutes = f"Biên bản họp giao ban tháng 9, có 12 đại biểu.\n{taken.minutes}\nKết thúc lúc 17 giờ."
    (tmp_path / "minutes.txt").write_text(minutes, encoding="utf-8")

    for against in (taken.note, minutes, tmp_path / "minutes.txt", taken.anchor, f"{taken.size} {taken.root.hex()}"):
        found = register.verify(against=against)
        assert found.ok, found.problems
        assert [(each.size, each.ok) for each in found.against] == [(taken.size, True)]

    other = taken.minutes.replace(f"size {taken.size}", f"size {taken.size - 1}")
    found = register.verify(against=other)
    assert not found.ok
    assert found.in_doubt == (1, taken.size - 1)
    assert "the first root that disagrees" in found.problems[-1]
    with pytest.raises(CheckFailed):
        found.refuse_if_failed()


def test_a_note_of_another_register_or_of_a_longer_one_is_found_out(register):
    assign(register)
    size, root = position(register), root_of(records_of(register))
    signer = new_signer("directives/other")
    from directives_core.proof.notes import Note, sign

    foreign = str(sign(Note(note_text("directives/other", size, root, 1)), signer))
    assert "another register" in register.verify(against=foreign).problems[0]

    longer = register.verify(against=f"size {size + 1}, root {root.hex()}")
    assert f"the log ends after {size} events; {size + 1} are spoken of" in longer.problems


def test_what_has_no_size_and_root_cannot_be_compared(register, tmp_path):
    for against in ("", "size 12", "ab" * 32, "size 1.234, root " + "ab" * 32, "x\n\n— a b\n"):
        with pytest.raises(BadValue):
            register.verify(against=against)
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadValue):
        register.verify(against=tmp_path / "picture")


def test_a_signature_by_no_key_that_is_trusted_is_a_finding(register):
    register.checkpoint(signer=new_signer(register.origin))

    found = register.verify(keys=[new_signer(register.origin).verifier])

    assert not found.ok
    assert "not signed by any of the keys given" in found.problems[0]


def test_the_memory_of_verifying_does_not_grow_with_the_log():
    import tracemalloc

    def records(count):
        for n in range(1, count + 1):
            yield Record(n, f"directive:{n}", 1, n, 1, "directive.noted.v1", b"x" * 300)

    peaks = []
    for count in (10_000, 60_000):
        tracemalloc.start()
        verify(records(count), size=count, origin="directives/x")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.2


def test_a_checkpoint_that_was_changed_is_not_carried_on_from(register):
    assign(register)
    taken = register.checkpoint()
    with register._store.write() as transaction:
        forged = Checkpoint(taken.size, b"x" * 32, 1, None, b"y" * 32 * taken.size.bit_count(), 0)
        transaction.add_checkpoint(forged)
    assign(register)

    with pytest.raises(CheckFailed, match="was changed"):
        register.checkpoint()
    assert not register.verify().ok
