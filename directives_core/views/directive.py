"""One directive as people see it at a moment: its fields, how it stands, and its shares."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, structs

from directives_core.directive.events import DeadlineTerms, Party
from directives_core.directive.standing import PeriodStanding, ShareStanding, Standing, Timeliness, stand
from directives_core.directive.state import Directive, LastReport, Share, WorkState
from directives_core.office.state import Office

__all__ = ["DirectiveView", "ShareView", "UnitView", "last_report_of", "show_directive"]


class UnitView(Struct, frozen=True):
    """A unit as it is called at the moment; `id` is none for a class or wording with no unit behind it."""

    id: str | None
    name: str


class ShareView(Struct, frozen=True):
    """One lead unit's part, `D-12/3`, as it stands at the moment."""

    share: int
    unit: UnitView
    role: str
    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    due_time: dt.time | None
    original_due_on: dt.date | None
    extensions: int
    delivered_on: dt.date | None
    request_pending: bool
    wished_on: dt.date | None
    last_report: LastReport | None
    days_left: int | None
    parents: tuple[int, ...]
    periods: tuple[PeriodStanding, ...]


class DirectiveView(Struct, frozen=True):
    """A directive as of a moment; the attributes are the keys of its JSON. Text fields are verbatim."""

    number: int
    version: int
    text: str
    kind: str
    notice: str | None
    path: str | None
    status: WorkState
    timeliness: Timeliness
    deadline: DeadlineTerms
    assigned_on: dt.date
    due_on: dt.date | None
    due_time: dt.time | None
    original_due_on: dt.date | None
    extensions: int
    completed_on: dt.date | None
    last_report: LastReport | None
    reminders: int
    report_to: str | None
    via: str | None
    labels: Mapping[str, str]
    notes: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    citations: tuple[dict[str, Any], ...]
    links: tuple[dict[str, Any], ...]
    shares: tuple[ShareView, ...]
    cooperating: tuple[UnitView, ...]

    @property
    def name(self) -> str:
        """How the directive is shown: D-12."""
        return f"D-{self.number}"

    def as_json(self) -> dict[str, Any]:
        """The directive in the shape of the command line's JSON."""
        shown = {
            name: getattr(self, name)
            for name in self.__struct_fields__
            if name not in ("deadline", "last_report", "shares", "cooperating", "labels")
        }
        shown |= {
            "deadline": {"wording": self.deadline.wording, "rule": self.deadline.rule},
            "last_report": _report_json(self.last_report),
            "labels": dict(self.labels),
            "shares": [_share_json(share) for share in self.shares],
            "cooperating": [structs.asdict(unit) for unit in self.cooperating],
        }  # fmt: skip
        return {name: _plain(value) for name, value in shown.items()}


def _report_json(report: LastReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {"on": report.on, "text": report.text, "percent": report.percent, "document": report.document}


def _share_json(share: ShareView) -> dict[str, Any]:
    return structs.asdict(share) | {"last_report": _report_json(share.last_report)}


def _plain(value: Any) -> Any:
    """Days and times in their ISO form, tuples as lists, values as their fields."""
    match value:
        case Struct():
            return _plain(structs.asdict(value))
        case dt.date() | dt.time():
            return value.isoformat()
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value


def show_directive(number: int, version: int, state: Directive, office: Office, day: dt.date) -> DirectiveView:
    """The directive as it stands at the end of `day`, units called as the office of the moment calls them."""
    standing = stand(state, day, due_soon_days=office.settings.due_soon_days)
    facts = state.facts
    recurrence = facts.deadline.recurrence
    return DirectiveView(
        number=number, version=version, text=facts.text, kind=facts.kind, notice=facts.notice, path=facts.path,
        status=standing.status, timeliness=standing.timeliness, deadline=facts.deadline,
        assigned_on=facts.assigned_on, due_on=standing.due_on, due_time=standing.due_time,
        original_due_on=None if recurrence else facts.deadline.due_on,
        extensions=max((_extensions(share) for share in state.shares.values()), default=0),
        completed_on=standing.completed_on, last_report=last_report_of(state.shares.values()),
        reminders=facts.reminders, report_to=_party(facts.report_to), via=_party(facts.via), labels=facts.labels,
        notes=tuple({"on": n.on, "by": n.actor, "kind": n.kind, "text": n.text} for n in facts.notes),
        warnings=facts.warnings,
        citations=tuple({"number": cited.number, "date": cited.date} for cited in facts.citations),
        links=_links(state),
        shares=tuple(_share(share, standing, office) for share in state.shares.values()),
        cooperating=tuple(UnitView(p.unit, office.unit_name(p.unit, p.wording)) for p in facts.cooperating),
    )  # fmt: skip


def _share(share: Share, standing: Standing, office: Office) -> ShareView:
    stands: ShareStanding = standing.shares[share.number]
    return ShareView(
        share=share.number, unit=UnitView(share.unit, office.unit_name(share.unit, share.wording)),
        role="lead" if share.unit else "addressed", status=stands.status, timeliness=stands.timeliness,
        due_on=stands.due_on, due_time=stands.due_time, original_due_on=share.original_due_on,
        extensions=_extensions(share), delivered_on=stands.delivered_on,
        request_pending=share.request is not None or any(duty.request for duty in share.periods.values()),
        wished_on=share.wished_on, last_report=last_report_of([share]),
        days_left=stands.days_left, parents=share.parents, periods=stands.periods,
    )  # fmt: skip


def _extensions(share: Share) -> int:
    """How often the share was extended, or that one of its periods which was extended most."""
    if not share.periods:
        return share.extensions
    return max(share.extensions, *(duty.extensions for duty in share.periods.values()))


def last_report_of(shares: Iterable[Share]) -> LastReport | None:
    """The report that came last, of any of the shares or their periods."""
    last: LastReport | None = None
    for share in shares:
        for duty in (share, *share.periods.values()):
            report = duty.last_report
            if report and (last is None or (report.on, report.position) > (last.on, last.position)):
                last = report
    return last


def _party(party: Party | None) -> str | None:
    return party.wording if party else None


def _links(state: Directive) -> tuple[dict[str, Any], ...]:
    if not state.facts.links and all(share.successor is None for share in state.shares.values()):
        return ()
    links = [{"relation": link.relation, "target": link.target} for link in state.facts.links]
    successors = dict.fromkeys(share.successor for share in state.shares.values() if share.successor is not None)
    return (*links, *({"relation": "superseded-by", "target": successor} for successor in successors))
