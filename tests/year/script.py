"""A year of an invented district: 30 communes, seven offices, three notices a month, and all that comes of them.

Everything is drawn from one seed, so the same year happens every time. What the register refuses is kept as well: the
year is played by people who try things.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from directives_adapters import create_register
from directives_core import Actor, Register
from directives_core.errors import NothingToDo, Refused
from directives_core.reader.draft import (
    DraftAssignee,
    DraftDeadline,
    DraftHeader,
    DraftItem,
    DraftMeeting,
    NoticeDraft,
)
from directives_core.results import Written
from directives_core.testing import Clock
from directives_core.views.directive import DirectiveView, ShareView

FIRST, LAST = dt.date(2024, 1, 2), dt.date(2024, 12, 31)
ONE_DAY = dt.timedelta(days=1)
HUYEN, VAN_PHONG = "UBND huyện An Thịnh", "Văn phòng HĐND và UBND huyện"
OFFICES = ("Phòng Nội vụ", "Phòng Tài chính", "Phòng Kinh tế - Hạ tầng", "Phòng Tài nguyên", "Công an huyện")
COMMUNES = tuple(
    f"UBND xã {name}"
    for name in (
        "An Bình", "An Hòa", "An Lạc", "Bình Minh", "Bình Sơn", "Cẩm Thủy", "Cẩm Vân", "Đại Đồng", "Đại Lộc",
        "Đông Hải", "Đông Sơn", "Hải Long", "Hải Vân", "Hòa Lộc", "Hòa Tiến", "Long Khê", "Long Sơn", "Minh Đức",
        "Minh Tân", "Ngọc Lâm", "Ngọc Sơn", "Phú Lương", "Phú Xuân", "Quang Trung", "Tân Dân", "Tân Lập", "Thanh Khê",
        "Thanh Sơn", "Vạn Phúc", "Vạn Xuân",
    )
)  # fmt: skip
CLASS, LAGGARDS = "UBND các xã", "Các xã chưa nộp hồ sơ"
MERGERS = {"UBND xã Tân Dân": COMMUNES[24:27], "UBND xã Vạn Thanh": COMMUNES[27:30]}  # one keeps an old name
SPLIT = ("Phòng Kinh tế", "Phòng Hạ tầng")
RENAMED = ("UBND xã An Bình", "UBND thị trấn An Bình")
ENDED = "Công an huyện"
MERGED_ON = dt.date(2024, 7, 1)

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit=VAN_PHONG, roles={"office"})
CHAIR = Actor(id="dung", name="Nguyễn Tiến Dũng", unit=HUYEN, roles={"chair"})


@dataclass
class Year:
    """The register with the clock that it goes by, and what was tried in it."""

    register: Register
    clock: Clock
    random: random.Random
    numbers: list[int] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    refusals: list[Refused | NothingToDo] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    commands: list[str] = field(default_factory=list)

    @property
    def today(self) -> dt.date:
        return self.clock().astimezone(self.register.zone).date()

    def attempt(self, what: str, write: Callable[[], Written]) -> Written | None:
        """Do it, or keep the refusal."""
        self.clock.tick(37)
        try:
            written = write()
        except (Refused, NothingToDo) as error:
            self.refusals.append(error)
            return None
        self.done[what] += 1
        self.commands.append(written.command_id)
        return written

    def one_in(self, n: int) -> bool:
        return self.random.randrange(n) == 0


def play(*, seed: int = 2024, acts_a_day: int = 6, last: dt.date = LAST) -> Year:
    """The year up to and including `last`; the clock stands at the evening of that day."""
    clock = Clock("2023-12-29T08:00+07:00")
    register = create_register(
        "memory:", title="Sổ theo dõi", zone="Asia/Ho_Chi_Minh", calendar="VN", by=OFFICE, clock=clock
    )
    year = Year(register, clock, random.Random(seed))
    for unit in (HUYEN, *OFFICES, *COMMUNES):
        register.add_unit(unit, by=OFFICE)
    register.define_class(CLASS, members=COMMUNES, by=OFFICE)
    for day in working_days(last):
        clock.set(dt.datetime.combine(day, dt.time(8), register.zone))
        hold_to_the_calendar(year, day)
        for _ in range(acts_a_day):
            act(year)
        if day in meeting_days().values():
            clock.set(dt.datetime.combine(day, dt.time(17), register.zone))
            close_meetings(year, day)
    clock.set(dt.datetime.combine(last, dt.time(18), register.zone))
    return year


def working_days(last: dt.date) -> Iterator[dt.date]:
    day = FIRST
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += ONE_DAY


def working_day_from(month: int, day: int) -> dt.date:
    found = dt.date(2024, month, day)
    while found.weekday() >= 5:
        found += ONE_DAY
    return found


def meeting_days() -> dict[str, dt.date]:
    return {f"GB-2024-{month:02}": working_day_from(month, 26) for month in range(1, 13)}


LATE_CLOSED = "GB-2024-09"


# ------------------------------------------------------------------------------------------------ what has its day


def hold_to_the_calendar(year: Year, day: dt.date) -> None:
    """Notices, meetings opened, and what happens to the office itself."""
    register = year.register
    for first in (5, 15, 25):
        if day == working_day_from(day.month, first):
            number = f"{100 * day.month + first}/TB-UBND"
            record_a_notice(year, number, held_on=day - dt.timedelta(days=first % 4))
    for name, on in meeting_days().items():
        if day == working_day_from(on.month, 4):
            register.open_meeting(name, on=on, by=OFFICE)
    if day == working_day_from(10, 1):  # days after it was held
        register.close_meeting(LATE_CLOSED, on=meeting_days()[LATE_CLOSED], by=OFFICE)
        year.meetings.append(LATE_CLOSED)
    if day in OFFICE_DAYS:
        OFFICE_DAYS[day](year)


def rename(year: Year) -> None:
    year.register.rename_unit(RENAMED[0], RENAMED[1], effective_on=dt.date(2024, 4, 1), by=OFFICE)


def hand_over_what_is_plain(year: Year) -> None:
    year.attempt("hand over left behind", lambda: year.register.hand_over_left_behind(by=OFFICE))


def choose_otherwise(year: Year) -> None:
    """Choose other settings; the paper reaches the office a week after its day."""
    changes = {"due_soon_days": 6, "extension_limit": 2, "request_before_expiry": True}
    year.register.change_settings(changes=changes, effective_on=dt.date(2024, 8, 1), by=OFFICE)


def end(year: Year) -> None:
    """A unit ends, and nobody follows it."""
    year.register.end_unit(ENDED, by=OFFICE)


def merge(year: Year) -> None:
    """Six communes become two, of which one takes the name of one that it absorbs."""
    register, on = year.register, MERGED_ON
    ids = {name: register.find_unit(name).id for name in COMMUNES[24:]}
    merged = []
    for new, old in MERGERS.items():
        for name in old:
            register.end_unit(ids[name], effective_on=on, by=OFFICE)
        merged.append(register.add_unit(new, effective_on=on, by=OFFICE))
        register.succeed_units(
            [ids[name] for name in old], successors=merged[-1], decision="15/NQ-HĐND", effective_on=on, by=OFFICE
        )
    stay = [register.find_unit(name, on=on).id for name in (RENAMED[1], *COMMUNES[1:24])]
    register.define_class(CLASS, members=[*stay, *merged], effective_on=on, by=OFFICE)


def split(year: Year) -> None:
    """One office becomes two, so that somebody has to say who takes what."""
    register, on = year.register, year.today
    new = [register.add_unit(name, effective_on=on, by=OFFICE) for name in SPLIT]
    register.succeed_units(OFFICES[2], successors=new, decision="20/QĐ-UBND", effective_on=on, by=OFFICE)


def take_over_by_decision(year: Year) -> None:
    """What the office that was split left behind passes to one of the two, or to both."""
    for duty in year.register.left_behind():
        heirs = [heir.name for heir in duty.successors]
        if len(heirs) < 2:
            continue
        heirs = heirs if year.one_in(4) else [year.random.choice(heirs)]
        year.attempt(
            "hand over",
            lambda duty=duty, heirs=heirs: year.register.hand_over(  # type: ignore[misc]
                f"{duty.number}/{duty.share}", to=heirs, rests_on=duty.decision, by=OFFICE
            ),
        )


def close_meetings(year: Year, day: dt.date) -> None:
    for name, on in meeting_days().items():
        if on == day and name != LATE_CLOSED:
            year.register.close_meeting(name, by=OFFICE)
            year.meetings.append(name)


OFFICE_DAYS: dict[dt.date, Callable[[Year], None]] = {
    dt.date(2024, 4, 3): rename,
    dt.date(2024, 7, 2): merge,
    dt.date(2024, 7, 3): hand_over_what_is_plain,
    dt.date(2024, 7, 25): hand_over_what_is_plain,  # what late papers brought since
    dt.date(2024, 8, 7): choose_otherwise,
    dt.date(2024, 9, 3): split,
    dt.date(2024, 9, 10): take_over_by_decision,
    dt.date(2024, 9, 12): hand_over_what_is_plain,
    dt.date(2024, 10, 15): end,
}


# ------------------------------------------------------------------------------------------------------- notices


def record_a_notice(year: Year, number: str, *, held_on: dt.date) -> None:
    """Record six to nine orders of a meeting, some days after it."""
    items = tuple(item(year, n, held_on) for n in range(1, year.random.randint(6, 9) + 1))
    header = DraftHeader(number=number, date=held_on, issuer=HUYEN, meeting=DraftMeeting(date=held_on))
    year.numbers += year.register.record_notice(NoticeDraft(header=header, items=items), by=OFFICE)


def item(year: Year, n: int, held_on: dt.date) -> DraftItem:
    text = f"{year.random.choice(('Rà soát', 'Báo cáo', 'Hoàn thành', 'Kiểm tra'))} nội dung {n} của cuộc họp {held_on}"
    return DraftItem(
        path=f"I.{n}",
        span=(0, len(text)),
        text=text,
        kind=year.random.choice(("deliverable", "report", "remedy", "standing", "one-off")),
        assignees=assignees(year, held_on),
        deadline=deadline(year, held_on),
        report_to=HUYEN,
        via=VAN_PHONG,
    )


def assignees(year: Year, on: dt.date) -> tuple[DraftAssignee, ...]:
    """A class one time in twenty, as often a class that nobody defined, else one to four units."""
    draw = year.random.randrange(20)
    if draw == 0:
        return (DraftAssignee(unit=CLASS, role="addressed"),)
    if draw == 1:
        return (DraftAssignee(unit=LAGGARDS, role="addressed"),)
    names = sorted(unit.name for unit in year.register.as_of(on, known_at="now").units() if unit.name != HUYEN)
    leads = year.random.sample(names, year.random.choice((1, 1, 2, 4)))
    return tuple(DraftAssignee(unit=name, role="lead") for name in leads)


def deadline(year: Year, on: dt.date) -> DraftDeadline | None:
    """A deadline of any kind, or none."""
    ahead = on + dt.timedelta(days=year.random.randint(3, 75))
    draw = year.random.randrange(20)
    if draw < 3:
        return None
    if draw == 3:
        return DraftDeadline(wording="trước ngày 23 hằng tháng", rule="recurring", every="month", day=22)
    if draw == 4:
        return DraftDeadline(wording="ngày cuối của quý", rule="recurring", every="quarter", day=31)
    if draw == 5:
        return DraftDeadline(wording="thứ Sáu hằng tuần", rule="recurring", every="week", day=5)
    if draw == 6:
        return DraftDeadline(wording="tại cuộc họp tiếp theo", rule="event-relative", event="cuộc họp tiếp theo")
    if draw == 7:
        return DraftDeadline(wording="trước 10 giờ", rule="before-time", due=ahead, time=dt.time(10))
    return DraftDeadline(wording=f"chậm nhất {ahead}", rule="at-latest", due=ahead)


# ---------------------------------------------------------------------------------------------- what people do all day


def act(year: Year) -> None:
    """Somebody does something about one of the later directives."""
    if not year.numbers:
        return
    recent = year.numbers[-60:] if not year.one_in(4) else year.numbers
    number = year.random.choice(recent)
    if number not in (view := year.register.as_of()):
        if year.one_in(4):  # its assignment was retracted: that may have been wrong
            correct(year, number)
        return
    directive = view[number]
    shares = [each for each in directive.shares if each.status != "handed-over"]
    binding = [each for each in shares if each.status not in ("completed", "withdrawn", "superseded")]
    share = year.random.choice(shares if year.one_in(4) else binding or shares)
    deed = year.random.choices(list(DEEDS), weights=list(DEEDS.values()))[0]
    deed(year, directive, share)


def on(year: Year, directive: DirectiveView, share: ShareView, *, period: bool = True) -> dict[str, Any]:
    """Whose share, which period of it, and when it happened: one time in four some days ago."""
    how: dict[str, Any] = {"by": OFFICE, "reason": "theo hồ sơ"}
    if year.one_in(4):
        days_ago = dt.timedelta(days=year.random.randint(1, 25))
        how["effective_on"] = max(directive.assigned_on, year.today - days_ago)
    due = [each.period for each in share.periods if each.status != "completed"]
    if period and due:
        how["period"] = year.random.choice(due)
    return how


def which(directive: DirectiveView, share: ShareView) -> str:
    return f"{directive.number}/{share.share}"


def report(year: Year, directive: DirectiveView, share: ShareView) -> None:
    how = on(year, directive, share)
    if share.unit.id and year.one_in(2) and share.unit.name in {unit.name for unit in year.register.as_of().units()}:
        how["by"] = clerk(share)
    result = not year.one_in(3)
    if not year.one_in(6):
        name = which(directive, share)
        year.attempt("report", lambda: year.register.report(name, "Đã làm", result=result, **how))
    else:  # one letter for all the communes
        everyone = how | {"all_units": True, "by": OFFICE}
        year.attempt("report", lambda: year.register.report(directive.number, "Đã làm", result=result, **everyone))


def clerk(share: ShareView) -> Actor:
    return Actor(id=f"cb-{share.unit.id}", name=f"Cán bộ {share.unit.id}", unit=share.unit.name, roles={"unit"})


def complete(year: Year, directive: DirectiveView, share: ShareView) -> None:
    how = on(year, directive, share, period=not year.one_in(8))
    if year.one_in(8):
        how["delivered_on"] = max(directive.assigned_on, year.today - dt.timedelta(days=year.random.randint(0, 20)))
    if share.unit.name == VAN_PHONG:
        how["source"] = "12/TTr-VP"
    year.attempt("complete", lambda: year.register.complete(which(directive, share), **how))


def ask(year: Year, directive: DirectiveView, share: ShareView) -> None:
    wish = year.today + dt.timedelta(days=year.random.randint(5, 40))
    how = on(year, directive, share)
    year.attempt("ask", lambda: year.register.request_extension(which(directive, share), to=wish, **how))


def extend(year: Year, directive: DirectiveView, share: ShareView) -> None:
    to = (share.due_on or year.today) + dt.timedelta(days=year.random.randint(-3, 40))
    how = on(year, directive, share) | {"by": CHAIR}
    year.attempt("extend", lambda: year.register.extend(which(directive, share), to=to, **how))


def refuse(year: Year, directive: DirectiveView, share: ShareView) -> None:
    how = on(year, directive, share) | {"by": CHAIR}
    year.attempt("refuse", lambda: year.register.refuse_extension(which(directive, share), **how))


def set_deadline(year: Year, directive: DirectiveView, share: ShareView) -> None:
    due = (share.due_on or year.today + dt.timedelta(days=30)) - dt.timedelta(days=year.random.randint(0, 10))
    how = on(year, directive, share) | {"by": CHAIR}
    year.attempt("set", lambda: year.register.set_deadline(which(directive, share), due=due, **how))


def return_(year: Year, directive: DirectiveView, share: ShareView) -> None:
    year.attempt("return", lambda: year.register.return_(which(directive, share), **on(year, directive, share)))


def reopen(year: Year, directive: DirectiveView, share: ShareView) -> None:
    how = on(year, directive, share, period=False) | {"by": CHAIR}
    year.attempt("reopen", lambda: year.register.reopen(which(directive, share), **how))


def decline(year: Year, directive: DirectiveView, share: ShareView) -> None:
    how = on(year, directive, share, period=False)
    year.attempt("decline", lambda: year.register.decline(which(directive, share), **how))


def another(year: Year, directive: DirectiveView) -> int:
    return year.random.choice([number for number in year.numbers if number != directive.number])


def rule(year: Year, directive: DirectiveView, share: ShareView) -> None:
    """Rest, go on, withdraw, supersede, hand over."""
    how = on(year, directive, share, period=False) | {"by": CHAIR}
    name, register = which(directive, share), year.register
    other = another(year, directive)
    units = [unit.name for unit in register.as_of(how.get("effective_on"), known_at="now").units()]
    heirs = year.random.sample(sorted(units), year.random.choice((1, 1, 2)))
    rulings: dict[str, Callable[[], Written]] = {
        "suspend": lambda: register.suspend(name, **how),
        "resume": lambda: register.resume(name, **how),
        "withdraw": lambda: register.withdraw(name, **how),
        "supersede": lambda: register.supersede(name, by_number=other, **how),
        "hand over": lambda: register.hand_over(name, to=heirs, rests_on="quyết định", **how),
    }
    fit = ["resume"] if share.status == "suspended" else ["suspend", "withdraw", "supersede", "hand over"]
    ruling = year.random.choice(fit)
    year.attempt(ruling, rulings[ruling])


def write_down(year: Year, directive: DirectiveView, share: ShareView) -> None:
    """What changes no work state."""
    how = on(year, directive, share, period=False)
    number, register = directive.number, year.register
    said: dict[str, Callable[[], Written]] = {
        "remind": lambda: register.remind(number, "nhắc", **how),
        "note": lambda: register.note(number, "ghi chú", **how),
        "explain": lambda: register.explain(number, "mưa lũ", **how),
        "label": lambda: register.label(number, {"field": year.random.choice(("đất đai", "đầu tư", None))}, **how),
        "link": lambda: register.link(number, "continues", another(year, directive), **how),
    }
    what = year.random.choice(list(said))
    year.attempt(what, said[what])


def allocate(year: Year, directive: DirectiveView, share: ShareView) -> None:
    units = sorted(unit.name for unit in year.register.as_of(directive.assigned_on, known_at="now").units())
    to = year.random.sample(units, 3)
    if any(each.unit.id is None and each.status != "handed-over" for each in directive.shares):
        how = on(year, directive, share, period=False)
        year.attempt("allocate", lambda: year.register.allocate(directive.number, to=to, **how))
    elif year.one_in(6):
        year.attempt("allocate", lambda: year.register.allocate(directive.number, to=to[:1], reason="thêm", by=OFFICE))


def amend(year: Year, directive: DirectiveView, share: ShareView) -> None:
    if directive.deadline.recurrence is not None:
        return
    due = directive.assigned_on + dt.timedelta(days=year.random.randint(5, 60))
    year.attempt("amend", lambda: year.register.amend(directive.number, due=due, reason="nhập nhầm", by=OFFICE))


def retract(year: Year, directive: DirectiveView, share: ShareView) -> None:
    correct(year, directive.number)


def correct(year: Year, number: int) -> None:
    """Retract any event that counts, retractions included; an assignment one time in five only."""
    counting = [entry.version for entry in year.register.history(number) if entry.void_by is None]
    if counting[:1] == [1] and not year.one_in(5):
        counting = counting[1:]
    if counting:
        version = year.random.choice(counting)
        year.attempt("retract", lambda: year.register.retract(number, version, reason="nhập nhầm", by=OFFICE))


def undo(year: Year, directive: DirectiveView, share: ShareView) -> None:
    """Take back one of the last commands, an undo among them."""
    if year.commands:
        command = year.random.choice(year.commands[-5:])
        year.attempt("undo", lambda: year.register.undo(command, by=OFFICE))


def batch(year: Year, directive: DirectiveView, share: ShareView) -> None:
    """Report and complete in one commit."""
    name, how = which(directive, share), on(year, directive, share)

    def both() -> Written:
        with year.register.batch(by=OFFICE):
            year.register.report(name, "Đã xong", result=True, **how)
            return year.register.complete(name, **(how | {"source": "9/BB"}))

    year.attempt("batch", both)


DEEDS: dict[Callable[[Year, DirectiveView, ShareView], None], int] = {
    report: 30, complete: 16, ask: 5, extend: 9, refuse: 3, set_deadline: 4, return_: 6, reopen: 4, decline: 3, rule: 7,
    write_down: 5, allocate: 4, amend: 3, retract: 5, undo: 2, batch: 3,
}  # fmt: skip
