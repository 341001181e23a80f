"""Stored events: every type comes back as it was written, and what cannot be read is refused by name."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives_core.codec import UPCASTERS, Codec, codec, from_microseconds, to_microseconds
from directives_core.directive.events import Extended
from directives_core.errors import UnreadableEvent
from directives_core.event import Attachment, Envelope, Event, Payload, Source
from directives_core.store import Record
from tests.core.payloads import payloads

TYPES = list(codec._types.values())
EXTENDED = (
    '{"actor":"dung","role":"chair","entered_by":null,"command_id":"c-1","reason":"mưa lũ",'
    '"source":{"number":"15/TB-UBND","date":"2021-09-28","issuer":null,"sha256":null,"uri":null},"attachments":[],'
    '"payload":{"shares":[1,3],"period":null,"due_on":"2021-10-09","due_time":"17:00:00","answers":4}}'
).encode()


def event(payload: Payload, envelope: Envelope | None = None, **place) -> Event:
    at = dt.datetime(2021, 9, 28, 1, 2, 3, 456789, dt.UTC)
    where = {"stream": "directive:1", "version": 5, "position": 9, "recorded_at": at, "effective_on": at.date()}
    envelope = envelope or Envelope(actor="dung", role="chair", command_id="c-1")
    return Event(**{**where, **place}, envelope=envelope, payload=payload)


def record(data: bytes, type_: str = "directive.extended.v1") -> Record:
    return Record(9, "directive:1", 5, 0, 0, type_, data)


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.type_name)
def test_every_type_comes_back_as_it_was_written(type_):
    @settings(max_examples=25)
    @given(payloads(type_))
    def comes_back(payload):
        written = event(payload)
        assert codec.decode(codec.encode(written)) == written

    comes_back()


@given(payloads(Envelope) | st.just(Envelope(actor="a", role="unit", command_id="c")))
def test_every_envelope_comes_back_as_it_was_written(envelope):
    written = event(Extended(shares=(1,), due_on=dt.date(2021, 10, 9)), envelope)

    assert codec.decode(codec.encode(written)) == written


@given(
    st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.just(dt.UTC)), st.dates(),
    st.integers(1, 2**62), st.integers(1, 2**62), st.text(min_size=1),
)  # fmt: skip
def test_every_place_comes_back_to_the_microsecond(recorded_at, effective_on, position, version, stream):
    payload = Extended(shares=(1,), due_on=dt.date(2021, 10, 9))
    written = event(
        payload, recorded_at=recorded_at, effective_on=effective_on, position=position, version=version, stream=stream
    )

    assert codec.decode(codec.encode(written)) == written
    assert from_microseconds(to_microseconds(recorded_at)) == recorded_at


def test_the_stored_bytes_of_an_event_are_these():
    payload = Extended(shares=(1, 3), due_on=dt.date(2021, 10, 9), due_time=dt.time(17), answers=4)
    source = Source(number="15/TB-UBND", date=dt.date(2021, 9, 28))
    envelope = Envelope(actor="dung", role="chair", command_id="c-1", reason="mưa lũ", source=source)

    stored = codec.encode(event(payload, envelope))

    assert stored == Record(9, "directive:1", 5, 1632790923456789, 18898, "directive.extended.v1", EXTENDED)


def test_attachments_are_stored_by_name_size_and_digest():
    envelope = Envelope(
        actor="a", role="unit", command_id="c", attachments=(Attachment(name="x.pdf", size=3, sha256="0" * 64),)
    )

    stored = json.loads(codec.encode(event(Extended(shares=(1,), due_on=dt.date.max), envelope)).data)

    assert stored["attachments"] == [{"name": "x.pdf", "size": 3, "sha256": "0" * 64}]


@pytest.mark.parametrize(
    "type_",
    ["directive.exploded.v1", "directive.extended.v2", "directive.extended.v999999999999", "directive.extended",
     "directive.extended.v", "directive.extended.v-1", "directive.extended.v0", "directive.extended.v²", "", ".v1"],
)  # fmt: skip
def test_a_type_that_is_not_known_is_refused_by_name(type_):
    with pytest.raises(UnreadableEvent) as caught:
        codec.decode(record(EXTENDED, type_))

    assert (caught.value.position, caught.value.type) == (9, type_)


BROKEN = {
    "empty": b"",
    "no JSON": b"{",
    "cut off": EXTENDED[:-1],
    "a list": b"[]",
    "a number": b"1",
    "a word": b'"x"',
    "no payload": b"{}",
    "a payload that is a list": EXTENDED[: EXTENDED.index(b'"payload"')] + b'"payload":[]}',
    "no UTF-8": EXTENDED.replace("ư".encode(), b"\xff"),
    "a field too many": EXTENDED.replace(b'"answers":4', b'"answers":4,"more":1'),
    "a field too few": EXTENDED.replace(b'"due_on":"2021-10-09",', b""),
    "an impossible day": EXTENDED.replace(b"2021-10-09", b"2021-02-30"),
    "an unknown role": EXTENDED.replace(b'"chair"', b'"king"'),
    "nested beyond all measure": b"[" * 100_000,
}


@pytest.mark.parametrize("broken", BROKEN)
def test_bytes_that_are_not_what_the_type_says_are_refused(broken):
    with pytest.raises(UnreadableEvent) as caught:
        codec.decode(record(BROKEN[broken]))

    assert "do not fit" in caught.value.why


@pytest.mark.parametrize("place", [{"recorded_at": 2**63 - 1}, {"effective_on": 2**31 - 1}, {"effective_on": -(2**31)}])
def test_a_place_beyond_the_calendar_is_refused(place):
    with pytest.raises(UnreadableEvent):
        codec.decode(record(EXTENDED)._replace(**place))


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_anything_else(data):
    with pytest.raises(UnreadableEvent):
        codec.decode(record(data))


# ---------------------------------------------------------------------------------------------------------- versions


class Opened(Payload, name="test.opened", version=3):
    """A type in its third version."""

    doors: int


UP = {
    ("test.opened", 1): lambda payload: {"gates": payload["gate"]},
    ("test.opened", 2): lambda payload: {"doors": payload["gates"]},
}
ENVELOPE = '{"actor":"a","role":"unit","command_id":"c","payload":'


@pytest.mark.parametrize(("version", "payload"), [(1, '{"gate":2}'), (2, '{"gates":2}'), (3, '{"doors":2}')])
def test_a_payload_of_any_version_is_read_as_the_newest(version, payload):
    own = Codec([Opened], UP)

    read = own.decode(record(f"{ENVELOPE}{payload}}}".encode(), f"test.opened.v{version}"))

    assert read.payload == Opened(doors=2)
    assert own.stored_types == ["test.opened.v1", "test.opened.v2", "test.opened.v3"]


def test_an_upcaster_that_stumbles_leaves_the_event_unreadable():
    with pytest.raises(UnreadableEvent):
        Codec([Opened], UP).decode(record(f'{ENVELOPE}{{"tor":2}}}}'.encode(), "test.opened.v1"))


@pytest.mark.parametrize("missing", UP)
def test_a_version_without_a_way_to_the_newest_one_is_noticed_at_once(missing):
    with pytest.raises(ValueError, match=f"no upcaster from version {missing[1]}"):
        Codec([Opened], {key: way for key, way in UP.items() if key != missing})


@pytest.mark.parametrize("stray", [("test.opened", 3), ("test.closed", 1)])
def test_a_way_that_leads_nowhere_is_noticed_at_once(stray):
    with pytest.raises(ValueError, match="leads nowhere"):
        Codec([Opened], {**UP, stray: dict})


def test_two_types_of_one_name_are_noticed_at_once():
    with pytest.raises(ValueError, match="two event types"):
        Codec([Opened, Opened], UP)


def test_every_type_has_a_name_of_its_own_and_the_ways_lead_somewhere():
    assert all(type_.type_name for type_ in TYPES)
    assert {name for name, _ in UPCASTERS} <= {type_.type_name for type_ in TYPES}
