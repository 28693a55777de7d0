"""What follows a decision, in the world of canaries: lists handed over, publications."""

from datetime import date

from households.models import Decision
from povertyplan.core import clock
from povertyplan.core.models import User
from projects.models import (
    Handover,
    HandoverKind,
    HandoverList,
    HandoverRow,
    Publication,
    PublicationRule,
)
from reports.models import IndicatorTable, IndicatorTableRow, SupervisionFinding
from tests.access import canaries
from tests.access.canaries import fill, text
from tests.factories.core import UserFactory
from tests.factories.projects import (
    HandoverFactory,
    HandoverKindFactory,
    HandoverListFactory,
    PublicationFactory,
    PublicationRuleFactory,
)
from tests.factories.reports import SupervisionFindingFactory

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
    _findings(world, officer)
    table = IndicatorTable.objects.create(
        ward=world.area, columns=["planned"], **fill(IndicatorTable, world.side, number=1)
    )
    IndicatorTableRow.objects.create(table=table, indicator=world.indicator)


def _findings(world, officer) -> None:
    """One that waits for its unit's answer, one that was answered and taken back."""
    facts = {"ward": world.area, "unit": world.unit, "recorded_by": officer}
    waiting = {"year": 2026, "answer": "", "withdrawal_reason": ""}
    world.finding = SupervisionFindingFactory(
        **facts,
        subject="household",
        indicator=None,
        household=world.villages[0].first,
        **fill(SupervisionFinding, world.side, **waiting),
    )
    other, now = UserFactory(**fill(User, world.side)), clock.now()
    SupervisionFindingFactory(
        **facts,
        indicator=world.indicator,
        answered_by=other,
        answered_at=now,
        answered_on=clock.today(),
        withdrawn_by=officer,
        withdrawn_at=now,
        **fill(SupervisionFinding, world.side, year=2026),
    )


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
