"""Who helps a household that registered, and each visit to it."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.models import EscapePledge, HelperVisit, HouseholdHelper
from households.pledges.services.pledging import standing_pledge
from households.rules.people.pledges import (
    PARTY_NAMED,
    REASON_MISSING,
    PledgeSpan,
    end_faults,
    helper_faults,
    names_a_party,
    visit_fault,
)
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault, stated_reason
from povertyplan.core.text.vietnamese import normalise_text

ENDED_ALREADY = "{helper} đã thôi giúp từ ngày {day}."
HELPS_ALREADY = "Người này đang giúp hộ rồi."
UNIT_ELSEWHERE = "Đơn vị không thuộc phường, xã này."
NOT_OF_THIS_HOUSEHOLD = "Người này không được phân công giúp hộ này."
VISIT_WITHDRAWN = "Lần thăm này đã hủy."
HELPS_LATER = "Người này giúp hộ từ ngày {day}."
NOTE_MISSING = "Nhập ghi nhận của lần thăm."


@dataclass(frozen=True)
class HelperInput:
    """Who helps, from which organisation, with what, from which day."""

    name: str
    organisation: str
    task: str
    from_on: date
    unit: Unit | None = None


@dataclass(frozen=True)
class VisitInput:
    """A visit: the day, what was seen, and which helper was there."""

    visited_on: date
    note: str
    helper: HouseholdHelper | None = None


@audit.business_act(label="Phân công giúp đỡ hộ")
def assign_helper(
    *, pledge: EscapePledge, details: HelperInput, key: str | None = None, by: User | None
) -> HouseholdHelper:
    """Raises ValidationError keyed by field."""

    def create() -> HouseholdHelper:
        current = standing_pledge(pledge)
        if faults := _helper_faults(current, details):
            raise ValidationError(faults)
        helper = HouseholdHelper.objects.create(
            ward=current.ward,
            pledge=current,
            name=normalise_text(details.name),
            organisation=_organisation(details),
            unit=details.unit,
            task=normalise_text(details.task),
            from_on=details.from_on,
        )
        summary = f"Hộ {current.household}: {helper} giúp đỡ, {helper.task}."
        audit.record(current.household, summary, ward=current.ward)
        return helper

    unit = details.unit.pk if details.unit else None
    content = {"pledge": pledge.pk, **asdict(details), "unit": unit}
    return once(
        key=key,
        act=assign_helper.name,
        content=content,
        model=HouseholdHelper,
        create=create,
        by=by,
    )


@audit.business_act(label="Thôi giúp đỡ hộ")
def end_helper(
    *, helper: HouseholdHelper, on: date, reason: str, version: int | None, by: User | None
) -> HouseholdHelper:
    """Raises StaleVersion, and ValidationError keyed by field."""
    locks.wait_turn("pledge", helper.ward_id)
    rows = HouseholdHelper.objects.select_related("pledge__household", "ward")
    current = rows.get(pk=helper.pk)
    if current.ended_on is not None:
        day = formatting.day(current.ended_on)
        raise ValidationError(ENDED_ALREADY.format(helper=current, day=day))
    versions.check(current, version)
    reason, faults = normalise_text(reason), {}
    if sentences := list(end_faults(current.from_on, on, clock.today())):
        faults["on"] = sentences
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = [fault]
    if faults:
        raise ValidationError(faults)
    versions.update(current, version=version, ended_on=on, end_reason=reason)
    household = current.pledge.household
    summary = f"Hộ {household}: {current} thôi giúp từ ngày {formatting.day(on)}."
    audit.record(household, summary, ward=current.ward, reason=reason)
    return current


@audit.business_act(label="Ghi lần thăm hộ")
def record_visit(
    *, pledge: EscapePledge, details: VisitInput, key: str | None = None, by: User
) -> HelperVisit:
    """Raises ValidationError keyed by field."""

    def create() -> HelperVisit:
        locks.wait_turn("pledge", pledge.ward_id)
        rows = EscapePledge.objects.select_related("household", "ward")
        current = rows.get(pk=pledge.pk)
        faults = {}
        if sentence := visit_fault(span_of(current), details.visited_on, clock.today()):
            faults["visited_on"] = sentence
        if details.helper is not None and details.helper.pledge_id != current.pk:
            faults["helper"] = NOT_OF_THIS_HOUSEHOLD
        elif details.helper is not None and details.helper.from_on > details.visited_on:
            faults["helper"] = HELPS_LATER.format(day=formatting.day(details.helper.from_on))
        if names_a_party(details.note):
            faults["note"] = PARTY_NAMED
        if not (note := normalise_text(details.note)):
            faults["note"] = NOTE_MISSING
        if faults:
            raise ValidationError(faults)
        visit = HelperVisit.objects.create(
            ward=current.ward,
            pledge=current,
            helper=details.helper,
            visited_on=details.visited_on,
            note=note,
            recorded_by=by,
        )
        summary = f"Hộ {current.household}: thăm ngày {formatting.day(visit.visited_on)}."
        audit.record(current.household, summary, ward=current.ward)
        return visit

    helper = details.helper.pk if details.helper else None
    content = {"pledge": pledge.pk, "on": details.visited_on, "note": details.note, "by": helper}
    return once(
        key=key, act=record_visit.name, content=content, model=HelperVisit, create=create, by=by
    )


@audit.business_act(label="Hủy lần thăm hộ ghi nhầm")
def withdraw_visit(
    *, visit: HelperVisit, reason: str, version: int | None, by: User | None
) -> HelperVisit:
    """Raises StaleVersion, and ValidationError keyed by field."""
    locks.wait_turn("pledge", visit.ward_id)
    current = HelperVisit.objects.select_related("pledge__household", "ward").get(pk=visit.pk)
    if current.withdrawal_reason:
        raise ValidationError(VISIT_WITHDRAWN)
    versions.check(current, version)
    reason = stated_reason(reason, REASON_MISSING)
    versions.update(current, version=version, withdrawal_reason=reason)
    household = current.pledge.household
    summary = f"Hộ {household}: hủy lần thăm ngày {formatting.day(current.visited_on)}."
    audit.record(household, summary, ward=current.ward, reason=reason)
    return current


def span_of(pledge: EscapePledge) -> PledgeSpan:
    """`pledge` has its household fetched with it."""
    left_on = pledge.household.closed_on
    return PledgeSpan(pledge.pledged_on, pledge.year, pledge.withdrawn_on, left_on)


def _organisation(details: HelperInput) -> str:
    return normalise_text(details.organisation) or str(details.unit or "")


def _helper_faults(pledge: EscapePledge, details: HelperInput) -> dict[str, str]:
    faults = dict(helper_faults(span_of(pledge), details.from_on))
    for field in ("name", "organisation", "task"):
        if names_a_party(getattr(details, field)):
            faults[field] = PARTY_NAMED
    if details.unit is not None and details.unit.ward_id != pledge.ward_id:
        faults["unit"] = UNIT_ELSEWHERE
    same = {"name": normalise_text(details.name), "organisation": _organisation(details)}
    if pledge.helpers.filter(ended_on=None, **same).exists():
        faults["name"] = HELPS_ALREADY
    return faults
