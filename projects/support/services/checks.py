"""What of a support cannot be, and what somebody has to answer for (kiểm tra trước khi ghi)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from households.models import Household, Person
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import explain_lock, lock_of_day
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import search_key
from projects.choices import Eligibility, SupportState
from projects.models import Support
from projects.rules.eligibility import Judgement, above_ceiling, eligible
from projects.rules.overlaps import GivenSupport, gift_faults, overlaps
from projects.support.selectors.given import earlier_supports, given_of
from projects.support.selectors.recipients import HouseholdOnDay, households_on
from projects.support.selectors.rights import may_write_for, names_health
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver

NOT_WRITER = "Bạn không ghi được hỗ trợ này: hỗ trợ của dự án do đơn vị chủ trì dự án ghi."
NOBODY_CHOSEN = "Chọn ít nhất một đối tượng nhận."
OTHER_WARD = "hộ không thuộc phường, xã này"
NOT_REGISTERED = "hộ đã ra khỏi sổ vào ngày này"
NOT_A_MEMBER = "không phải thành viên của hộ vào ngày này (đã chết, chuyển đi hoặc chưa vào hộ)"
FOR_PERSONS = "loại hỗ trợ này cấp cho từng người: chọn người nhận"
FOR_HOUSEHOLDS = "loại hỗ trợ này cấp cho hộ, không cấp cho từng người"
PROJECT_OF_ANOTHER_WARD = "Dự án không thuộc phường, xã này."
PROJECT_NOT_CARRIED_OUT = "Dự án không thực hiện trong năm này."
OTHER_PROJECT = "Loại hỗ trợ này không thuộc dự án đã chọn."
CONFIRM = "Chưa chắc đủ điều kiện: nêu căn cứ xác nhận."
REPEATED = "Đã nhận hỗ trợ cùng loại: nêu lý do hỗ trợ lần nữa."
ANOTHER_OF_GROUP = "một hỗ trợ khác cùng nhóm"
GROUP_TO_VERIFY = "Nhóm hộ, tổ hợp tác: điều kiện của từng thành viên chưa được xét."
MOST_NAMED = 10


@dataclass
class CheckedReceiver:
    """What the rules say about one receiver."""

    receiver: SupportReceiver
    name: str
    judgement: Judgement
    repeated: list[Support] = field(default_factory=list)


def refuse_giver(by: User | None, ward: Area, gift: SupportGift) -> None:
    """Raise PermissionDenied where somebody does not write it, or would not read it."""
    if by is None:
        return
    may_write = may_write_for(by, ward, gift.ward_project, gift.day.year)
    if not may_write or (gift.kind.tells_of_health and not names_health(by, ward)):
        raise PermissionDenied(NOT_WRITER)


def refuse_gift(ward: Area, gift: SupportGift) -> None:
    faults: dict[str, str] = gift_faults(gift, valid_from=gift.kind.valid_from, today=clock.today())
    if gift.is_delivered and (lock := lock_of_day(ward, gift.day)):
        faults.setdefault("on", explain_lock(lock))
    if sentence := _fault_of_project(ward, gift):
        faults["ward_project"] = sentence
    if faults:
        raise ValidationError(dict(faults))


def _fault_of_project(ward: Area, gift: SupportGift) -> str:
    carried_out = gift.ward_project
    if carried_out is None:
        return ""
    if carried_out.ward_id != ward.pk:
        return PROJECT_OF_ANOTHER_WARD
    if not carried_out.year_from <= gift.day.year <= carried_out.year_to:
        return PROJECT_NOT_CARRIED_OUT
    return ""


def check_receivers(
    ward: Area, gift: SupportGift, receivers: Sequence[SupportReceiver]
) -> list[CheckedReceiver]:
    """Refuse who cannot receive it; what the rules say about the others."""
    if not receivers:
        raise ValidationError(NOBODY_CHOSEN)
    households = [each.household.pk for each in receivers if each.household]
    known = households_on(households, gift.day)
    faults = [
        f"{_name(each, known)}: {fault}."
        for each in receivers
        if (fault := _fault_of_receiver(ward, gift, each, known))
    ]
    if faults:
        raise ValidationError(faults)
    general = _concerns(gift)
    checked = [
        CheckedReceiver(each, _name(each, known), _judgement(gift, each, known, general))
        for each in receivers
    ]
    _find_repeated(ward, gift, checked)
    return checked


def _fault_of_receiver(
    ward: Area, gift: SupportGift, receiver: SupportReceiver, known: Mapping[int, HouseholdOnDay]
) -> str:
    household, person = receiver.household, receiver.person
    if household is None:
        return ""
    if household.ward_id != ward.pk:
        return OTHER_WARD
    if fault := register_fault(household, person, known[household.pk], gift.day):
        return fault
    if gift.kind.is_for_persons != (person is not None):
        return FOR_PERSONS if person is None else FOR_HOUSEHOLDS
    return ""


def register_fault(
    household: Household, person: Person | None, known: HouseholdOnDay, day: date
) -> str:
    """Why somebody cannot have received anything on a day; empty where they can."""
    if household.left_register_on(day):
        return NOT_REGISTERED
    # Who was a member before the register was opened, it cannot tell.
    if person is None or household.opened_on > day:
        return ""
    return "" if known.resident(person.pk) else NOT_A_MEMBER


def _concerns(gift: SupportGift) -> list[str]:
    """What has to be confirmed whoever receives it."""
    concerns = [above_ceiling(gift.kind, gift.amount)]
    if gift.ward_project is not None:
        own = set(gift.kind.projects.values_list("pk", flat=True))
        project = gift.ward_project.project
        if own and not own & {project.pk, project.parent_id}:
            concerns.append(OTHER_PROJECT)
    return [concern for concern in concerns if concern]


def _judgement(
    gift: SupportGift,
    receiver: SupportReceiver,
    known: Mapping[int, HouseholdOnDay],
    concerns: Sequence[str],
) -> Judgement:
    if receiver.household is None:
        found = Judgement(Eligibility.TO_VERIFY, GROUP_TO_VERIFY)
    else:
        person = receiver.person.pk if receiver.person else None
        found = eligible(
            gift.kind, known[receiver.household.pk].facts(gift.kind, gift.day, person), gift.day
        )
    if not concerns:
        return found
    verdict = Eligibility.TO_VERIFY if found.is_yes else found.verdict
    return Judgement(verdict, " ".join([found.reason, *concerns]).strip())


def _find_repeated(ward: Area, gift: SupportGift, checked: Sequence[CheckedReceiver]) -> None:
    """Note with each receiver what it received already; one query."""
    receivers = [each.receiver for each in checked]
    rows = earlier_supports(
        kinds=[gift.kind],
        households=[each.household.pk for each in receivers if each.household],
        persons=[each.person.pk for each in receivers if each.person],
        groups_of=ward.pk if any(each.group_name for each in receivers) else None,
    )
    given = {given_of(row): row for row in rows}
    for each in checked:
        each.repeated = [given[other] for other in overlaps(_as_given(gift, each.receiver), given)]


def _as_given(gift: SupportGift, receiver: SupportReceiver) -> GivenSupport:
    return GivenSupport(
        key=None,
        kind=gift.kind.pk,
        content_group=gift.kind.content_group,
        recurrence=gift.kind.recurrence,
        day=gift.day,
        household=receiver.household.pk if receiver.household else None,
        person=receiver.person.pk if receiver.person else None,
        group_name=search_key(receiver.group_name),
    )


def refuse_missing_reasons(
    checked: Sequence[CheckedReceiver], reasons: SupportReasons, *, names_health: bool
) -> None:
    faults = {}
    doubtful = [each for each in checked if not each.judgement.is_yes]
    if doubtful and (fault := reason_fault(reasons.confirmation, CONFIRM)):
        faults["confirmation"] = [fault, *_some(_doubts(doubtful))]
    repeated = [each for each in checked if each.repeated]
    if repeated and (fault := reason_fault(reasons.repeat, REPEATED)):
        faults["repeat_reason"] = [fault, *_some(_repetitions(repeated, names_health))]
    if faults:
        raise ValidationError(faults)


def _doubts(checked: Sequence[CheckedReceiver]) -> Iterator[str]:
    for each in checked:
        yield f"{each.name}: {each.judgement.verdict.label.lower()}. {each.judgement.reason}"


def _repetitions(checked: Sequence[CheckedReceiver], names_health: bool) -> Iterator[str]:
    for each in checked:
        for earlier in each.repeated:
            yield f"{each.name}: {earlier_text(earlier, names_health=names_health)}."


def earlier_text(support: Support, *, names_health: bool) -> str:
    """A support in one phrase: "Tham gia mô hình giảm nghèo, Dự án 2, ngày 12/03/2026".

    One that tells of health says only that there is one, to whom does not read that.
    """
    if support.kind.tells_of_health and not names_health:
        return ANOTHER_OF_GROUP
    project = support.ward_project
    parts = [str(support.kind), str(project.project) if project else ""]
    if support.state == SupportState.PROMISED:
        parts.append("chưa giao")
    return f"{', '.join(part for part in parts if part)}, ngày {formatting.day(support.day)}"


def _some(sentences: Iterator[str]) -> list[str]:
    """The first of many sentences, and how many more there are."""
    found = list(sentences)
    if len(found) <= MOST_NAMED:
        return found
    rest = formatting.number(len(found) - MOST_NAMED)
    return [*found[:MOST_NAMED], f"Và {rest} trường hợp khác."]


def _name(receiver: SupportReceiver, known: Mapping[int, HouseholdOnDay]) -> str:
    if receiver.household is None:
        return receiver.group_name
    name = receiver.person or known[receiver.household.pk].head_name
    return f"{name} ({receiver.household.code})" if name else receiver.household.code
