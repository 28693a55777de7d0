"""What follows a decision, in the world of canaries: lists handed over, publications."""

from datetime import date

from households.models import Decision
from povertyplan.core import clock
from projects.models import (
    Handover,
    HandoverKind,
    HandoverList,
    HandoverRow,
    Publication,
    PublicationRule,
)
from tests.access import canaries
from tests.access.canaries import fill, text
from tests.factories.projects import (
    HandoverFactory,
    HandoverKindFactory,
    HandoverListFactory,
    PublicationFactory,
    PublicationRuleFactory,
)

SENT_ON = date(2026, 11, 20)


def add(world, officer) -> None:
    """A list that waits to be sent, and one that was sent and answered."""
    decision = Decision.objects.in_force().get(ward=world.area)
    handover = HandoverFactory(
        decision=decision, made_by=officer, **fill(Handover, world.side), as_of=SENT_ON
    )
    rule = PublicationRule.objects.first() or PublicationRuleFactory()
    facts = {"happened_on": decision.decided_on, "posted_from": SENT_ON, "recorded_by": officer}
    facts |= {"ward": world.area, "rule": rule}
    own = {"occasion": f"decision-{decision.pk}"}
    world.publication = PublicationFactory(
        **facts, **fill(Publication, world.side, withdrawal_reason="", **own)
    )
    withdrawn = {"withdrawn_at": clock.now(), "withdrawn_by": officer}
    PublicationFactory(**facts, **withdrawn, **fill(Publication, world.side, **own))
    world.waiting_list = _list(world, handover, "first")
    world.sent_list = _list(world, handover, "second")
    words = fill(HandoverList, world.side)
    # Nothing is added to a list once it is sent, so its rows come before.
    sent = {"sent_on": SENT_ON, "sent_by": officer, "sent_to": words["sent_to"]}
    answered = {"answered_on": SENT_ON, "answer": words["answer"]}
    for step in (sent, answered):
        HandoverList.objects.filter(pk=world.sent_list.pk).update(**step)
    world.sent_list.refresh_from_db()


def _list(world, handover, name) -> HandoverList:
    kind = HandoverKind.objects.filter(code=name).first() or HandoverKindFactory(code=name)
    waiting = fill(HandoverList, world.side, sent_to="", answer="")
    made = HandoverListFactory(handover=handover, kind=kind, **waiting)
    # Whoever reads a list reads all of its ward.
    person = world.villages[0].member
    row = fill(HandoverRow, world.side, citizen_id=canaries.citizen_id(world.side))
    facts = {column: text(world.side) for column in kind.shown_columns}
    HandoverRow.objects.create(
        handover_list=made,
        household=world.villages[0].first,
        person=person,
        change="added",
        basis="poor",
        **row | {"facts": facts},
    )
    return made
