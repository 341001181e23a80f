"""A register in which every text that people can write is an attack on whoever opens a file of it."""

from directives_adapters import create_register
from directives_core import Actor, Register
from directives_core.directive.events import DeadlineTerms
from directives_core.testing import Clock
from tests.register.given import START, day

PAYLOADS = (
    "=1+1", "+1+1", "-2+3", "@SUM(1+1)", "＝1+1", "＋1", "－1", "＠SUM(1)", "\u3000=1+1", "\u00a0=1+1", "'=1+1",
    '"=1+1"',
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","x")', "=WEBSERVICE(\"http://evil.example\")",
    "a;=1+1", "a;\"=1+1", "a\t=1+1", "a\n=1+1", "a\r=1+1", "a|=1+1", "x\r\n-1+1",
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "<r>1</r>", "]]><!--", "&C&\"Arial\"&P",
    "END:VEVENT\r\nEND:VCALENDAR", "x\nBEGIN:VEVENT\nUID:evil", "a,b;c\\n:d\\", "_x000D_=1", "_x202E_",
    "http://evil.example/", "mailto:evil@evil.example", "internal:'Sheet'!A1", "file:///etc/passwd",
    "\x1b[2Jx", "\x07bell", "\x01\x02\x1f", "\x7f\x9b31m", "\u202egnp.exe", "\u2066x\u2069", "a\u200bb", "a\u00adb",
    "\U000e0041tag", "\ufffe\uffff", "\u2028line\u2029", "{{7*7}}", "${7*7}", "<w:p/>", " PAGE \\* MERGEFORMAT",
    "đơn vị" * 400,
)  # fmt: skip
UNSEEN = "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160)])) + (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202d\u202e\u2066\u2069\u2028\u2029\ufeff\ufffe\uffff\U000e0041"
)
"""Characters that no file may hold outside of an escape."""


def hostile_register() -> Register:
    """One directive, with everything that can be said about it, for each payload."""
    clock = Clock(START)
    office = Actor(id="hoa", name=PAYLOADS[0], unit="Văn phòng", roles={"office"})
    chair = Actor(id="dung", name=PAYLOADS[22], unit="Văn phòng", roles={"chair"})
    title = "=1+1;=2<script>alert(1)</script>\u202e\x1b&C"
    register = create_register("memory:", title=title, zone="Asia/Ho_Chi_Minh", calendar="VN", by=office, clock=clock)
    with register.batch(by=office):
        for place, payload in enumerate(PAYLOADS):
            unit, helper = f"{payload} {place}", f"{payload} h{place}"
            register.add_unit(unit)
            register.add_unit(helper)
            number = register.assign(
                payload, to=[unit], cooperating=[helper], report_to=payload, via=payload,
                due=DeadlineTerms(wording=payload, due_on=day(9, 30) if place % 2 else None),
            )  # fmt: skip
            if place % 2:
                register.extend(number, to=day(12, 15), reason=payload, by=chair)
            register.report(number, payload, quantity=payload, document=payload, reason=payload, source=payload)
            register.label(number, {payload: payload})
            register.note(number, payload)
            register.explain(number, payload)
    register.checkpoint()
    return register
