"""What was given already, as the comparison of supports reads it."""

from collections.abc import Collection

from django.db.models import Q

from povertyplan.core.text.vietnamese import search_key
from projects.models import Support, SupportKind
from projects.rules.overlaps import GivenSupport


def earlier_supports(
    *,
    kinds: Collection[SupportKind],
    households: Collection[int] = (),
    persons: Collection[int] = (),
    groups_of: int | None = None,
) -> list[Support]:
    """Standing supports of some kinds, or of their content groups, of some recipients; one query.

    A person keeps what it received in another household; `groups_of` adds those of a ward's
    groups.
    """
    content = Q(kind__in=kinds)
    if groups := {each.content_group for each in kinds if each.content_group}:
        content |= Q(kind__content_group__in=groups)
    recipient = Q(household__in=households) | Q(person__in=persons)
    if groups_of is not None:
        recipient |= Q(ward=groups_of, household=None)
    rows = Support.objects.standing().filter(content).filter(recipient)
    return list(rows.select_related("kind", "ward_project__project").order_by("pk"))


def given_of(support: Support) -> GivenSupport:
    return GivenSupport(
        key=support.pk,
        kind=support.kind_id,
        content_group=support.kind.content_group,
        recurrence=support.kind.recurrence,
        day=support.day,
        household=support.household_id,
        person=support.person_id,
        group_name=search_key(support.group_name),
    )
