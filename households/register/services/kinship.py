"""Relations that cannot be are refused, rare ones need a reason that the event keeps."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from households.choices import RelationToHead
from households.models import Household, Membership
from households.register.services.registering import MemberInput
from households.rules.people.kinship import (
    KinshipFindings,
    Relative,
    check_head,
    check_kinship,
    check_newcomer,
)
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text

ASK = "Sửa lại, hoặc nhập lý do để xác nhận."


def confirm_kinship(
    members: Sequence[Membership],
    relations: Mapping[int, str],
    *,
    on: date,
    reason: str,
    head: Membership | None = None,
) -> dict[str, str]:
    """What the event keeps of unusual relations, by its fields; raises where they cannot be true.

    `relations` gives the relation to the new head of each of `members`; `head` is given where it is
    none of them, as in a household that others join.
    """
    chosen = [member for member in members if member.pk in relations]
    found_head = head or next(
        (each for each in chosen if relations[each.pk] == RelationToHead.HEAD), None
    )
    if found_head is None:
        return {}
    others = [
        _relative(member, relations[member.pk], knows_before=head is None)
        for member in chosen
        if member.pk != found_head.pk
    ]
    new_head = _relative(found_head, RelationToHead.HEAD, knows_before=head is None)
    return _settle(check_kinship(new_head, others, on=on), reason)


def confirm_newcomer(
    household: Household, member: MemberInput, *, on: date, reason: str
) -> dict[str, str]:
    """The same of somebody who joins a household with a relation to its head."""
    present = household.memberships.filter(left_on=None).select_related("person")
    head = next((each for each in present if each.is_head), None)
    if head is None:
        return {}
    found = check_newcomer(
        _relative(head, RelationToHead.HEAD, knows_before=False),
        _entered(member),
        has_spouse=any(each.relation == RelationToHead.SPOUSE for each in present),
        on=on,
    )
    return _settle(found, reason)


def confirm_first_head(head: MemberInput, *, on: date, reason: str) -> dict[str, str]:
    """The same of the head of a household that is new in the register."""
    return _settle(check_head(_entered(head), on=on), reason)


def _settle(found: KinshipFindings, reason: str) -> dict[str, str]:
    if found.impossible:
        raise ValidationError(found.impossible)
    if not found.unusual:
        return {}
    unusual = " ".join(found.unusual)
    if fault := reason_fault(reason, ASK):
        raise ValidationError({"unusual_reason": f"{unusual} {fault}"})
    return {"unusual": unusual, "unusual_reason": normalise_text(reason)}


def _entered(member: MemberInput) -> Relative:
    name = normalise_text(member.full_name)
    return Relative(name, member.relation, member.sex, member.birth_date)


def _relative(member: Membership, relation: str, *, knows_before: bool) -> Relative:
    person = member.person
    return Relative(
        name=person.full_name,
        relation=relation,
        sex=person.sex,
        born=person.birth_date,
        relation_before=member.relation if knows_before else "",
    )
