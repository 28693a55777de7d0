"""A household registers to escape poverty, changes what it said, or withdraws it."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.choices import PledgeResult
from households.models import EscapePledge, Household, HouseholdStatus
from households.pledges.selectors import KEPT, result_of
from households.rules.people.needs import HouseholdSpan
from households.rules.people.pledges import (
    REASON_MISSING,
    begun_faults,
    end_faults,
    pledge_faults,
)
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text

TWICE = "Hộ đã đăng ký thoát nghèo trong năm {year}, ngày {day}."
SAYS_NOTHING = "Nhập việc hộ cam kết thực hiện."
ALREADY_WITHDRAWN = "Hộ đã thôi đăng ký ngày {day}, không sửa được nữa."
RESULT_KNOWN = (
    "Đã có kết quả rà soát năm {year} ({result}): đăng ký giữ nguyên, không sửa, không thôi."
)
PLEDGE_WITHDRAWN = "Hộ thôi đăng ký: {reason}"
VISITED_LATER = "Đã ghi lần thăm ngày {day}; thôi đăng ký không được trước ngày đó."


@dataclass(frozen=True)
class PledgeInput:
    """What a household says: by when it wants to leave its list, what it will do, what it asks."""

    year: int
    pledged_on: date
    commitment: str
    request: str = ""


@audit.business_act(label="Ghi đăng ký thoát nghèo")
def pledge_escape(
    *, household: Household, details: PledgeInput, key: str | None = None, by: User | None
) -> EscapePledge:
    """Record that a household registers. Raises ValidationError keyed by field."""

    def create() -> EscapePledge:
        locks.wait_turn("pledge", household.ward_id)
        class_then = _checked(household, details)
        pledge = EscapePledge.objects.create(
            ward=household.ward, household=household, from_class=class_then, **_values(details)
        )
        summary = f"Hộ {household} đăng ký thoát nghèo năm {details.year}."
        audit.record(household, summary, ward=household.ward)
        return pledge

    content = {"household": household.pk, **asdict(details)}
    return once(
        key=key, act=pledge_escape.name, content=content, model=EscapePledge, create=create, by=by
    )


@audit.business_act(label="Sửa đăng ký thoát nghèo")
def change_pledge(
    *, pledge: EscapePledge, details: PledgeInput, version: int | None, by: User | None
) -> EscapePledge:
    """Raises StaleVersion, and ValidationError keyed by field."""
    current = standing_pledge(pledge)
    versions.check(current, version)
    _refuse_known_result(current)
    class_then = _checked(current.household, details, leaving_out=current)
    versions.update(current, version=version, from_class=class_then, **_values(details))
    summary = f"Hộ {current.household}: sửa đăng ký thoát nghèo năm {details.year}."
    audit.record(current.household, summary, ward=current.ward)
    return current


@audit.business_act(label="Thôi đăng ký thoát nghèo")
def withdraw_pledge(
    *, pledge: EscapePledge, on: date, reason: str, version: int | None, by: User | None
) -> EscapePledge:
    """End a pledge; who helps the household ends with it. Raises StaleVersion, ValidationError."""
    current = standing_pledge(pledge)
    versions.check(current, version)
    _refuse_known_result(current)
    reason, faults = normalise_text(reason), {}
    if sentences := list(end_faults(current.pledged_on, on, clock.today())):
        faults["on"] = sentences
    elif later := current.visits.standing().filter(visited_on__gt=on).first():
        faults["on"] = [VISITED_LATER.format(day=formatting.day(later.visited_on))]
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = [fault]
    if faults:
        raise ValidationError(faults)
    for helper in current.helpers.filter(ended_on=None):
        end_reason = PLEDGE_WITHDRAWN.format(reason=reason)[:250]
        versions.update(
            helper,
            version=helper.version,
            ended_on=max(on, helper.from_on),
            end_reason=end_reason,
        )
    versions.update(current, version=version, withdrawn_on=on, withdrawal_reason=reason)
    summary = f"Hộ {current.household} thôi đăng ký thoát nghèo năm {current.year}."
    audit.record(current.household, summary, ward=current.ward, reason=reason)
    return current


def standing_pledge(pledge: EscapePledge) -> EscapePledge:
    """The pledge as it is now, in its ward's turn; refused once it was withdrawn."""
    locks.wait_turn("pledge", pledge.ward_id)
    current = EscapePledge.objects.select_related("household__village", "ward").get(pk=pledge.pk)
    if current.withdrawn_on is not None:
        day = formatting.day(current.withdrawn_on)
        raise ValidationError(ALREADY_WITHDRAWN.format(day=day))
    return current


def _refuse_known_result(pledge: EscapePledge) -> None:
    """Once the review of its year is recognised, a pledge stays as it was judged."""
    result = result_of(pledge, today=clock.today())
    if result in (*KEPT, PledgeResult.NOT_KEPT):
        raise ValidationError(RESULT_KNOWN.format(year=pledge.year, result=result.label.lower()))


def _checked(
    household: Household, details: PledgeInput, *, leaving_out: EscapePledge | None = None
) -> str:
    """The household's class on the day; raises every fault at its field."""
    faults: dict[str, list[str]] = {}
    span = HouseholdSpan(household.opened_on, household.closed_on)
    spells = HouseholdStatus.objects.in_force(on=details.pledged_on).filter(household=household)
    class_then = spells.values_list("poverty_class", flat=True).first()
    found = [*pledge_faults(span, details.pledged_on, details.year, class_then, clock.today())]
    if leaving_out:
        helped = leaving_out.helpers.values_list("from_on", flat=True)
        visited = leaving_out.visits.standing().values_list("visited_on", flat=True)
        found += begun_faults(details.pledged_on, details.year, list(helped), list(visited))
    for field, sentence in found:
        faults.setdefault(field, []).append(sentence)
    if not normalise_text(details.commitment):
        faults["commitment"] = [SAYS_NOTHING]
    same = EscapePledge.objects.standing().filter(household=household, year=details.year)
    if other := same.exclude(pk=leaving_out.pk if leaving_out else None).first():
        day = formatting.day(other.pledged_on)
        faults.setdefault("year", []).append(TWICE.format(year=details.year, day=day))
    if faults:
        raise ValidationError(faults)
    return str(class_then)


def _values(details: PledgeInput) -> dict[str, object]:
    values = asdict(details)
    # Lines are kept: what a household will do is often a list.
    return values | {
        name: "\n".join(normalise_text(line) for line in values[name].splitlines()).strip()
        for name in ("commitment", "request")
    }
