"""Each service signs the rows it changes: actor, act, source and one token."""

import ast
from datetime import date

from django.conf import settings

from households.campaign.recognition.services.recognising import recognise_results
from households.entry.survey.services.reviews import record_review
from households.register.services.registering import MemberInput, register_household
from povertyplan.core.journal.selectors import ACT_LABELS
from povertyplan.core.models import AuditEvent, RowChange
from povertyplan.core.platform.structured_file import read
from povertyplan.ward_file.loading import load_ward
from tests.factories.households import CampaignFactory
from tests.factories.projects import ComponentProjectFactory
from tests.households.campaigns import answers, pending_review, submitted_campaign
from tests.wards.small import SMALL

PACKAGES = ("povertyplan", "households", "projects", "reports")


def signatures(act):
    """How the rows changed by the last act with that name are signed, and how many there are."""
    event = AuditEvent.objects.filter(act=act).latest("pk")
    changes = RowChange.objects.filter(token=event.token)
    assert event.token
    return set(changes.values_list("actor", "act", "source")), changes.count()


def test_register_household_signs_the_household_its_people_and_its_first_status(
    village, coordinator
):
    member = MemberInput("Y Hữu Nam", "male", "head", date(1980, 5, 17))

    register_household(
        ward=village.parent,
        village=village,
        code="HN-03-017",
        opened_on=date(2026, 1, 5),
        members=[member],
        by=coordinator,
        source="import",
    )

    signed, count = signatures("register_household")
    assert signed == {(coordinator.username, "register_household", "import")}
    # Household, person, membership, status, and the entry of the journal.
    assert count == 5


def test_record_review_signs_the_form_and_its_causes(ward, village, village_head):
    review = pending_review(CampaignFactory(ward=ward), village)

    record_review(review=review, answers=answers(), version=review.version, by=village_head)

    signed, count = signatures("record_review")
    assert signed == {(village_head.username, "record_review", "web")}
    assert count >= 2


def test_recognise_results_signs_decision_statuses_and_campaign(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)

    recognise_results(
        campaign=campaign,
        number="12/QĐ-UBND",
        decided_on=date(2026, 11, 20),
        version=campaign.version,
        by=leader,
    )

    signed, count = signatures("recognise_results")
    assert signed == {(leader.username, "recognise_results", "web")}
    assert count >= 4


def test_load_ward_signs_every_row_as_the_system(db):
    ComponentProjectFactory(code="2")

    load_ward(text=read(SMALL), by=None, source="command")

    signed, count = signatures("load_ward")
    assert signed == {("system", "load_ward", "command")}
    assert count >= 20


def test_rows_written_without_the_decorator_are_signed_sql(village, coordinator):
    """What the journal would hold of a service that forgot it."""
    member = MemberInput("Y Hữu Nam", "male", "head", date(1980, 5, 17))

    register_household.__wrapped__(
        ward=village.parent,
        village=village,
        code="HN-03-017",
        opened_on=date(2026, 1, 5),
        members=[member],
        by=coordinator,
    )

    assert RowChange.objects.get(table="households_household").actor == "sql"


def _functions():
    for package in PACKAGES:
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    yield f"{path.relative_to(settings.BASE_DIR)}:{node.name}", node


def _recorded_acts(function):
    """Names of the acts a function writes in the journal, itself or through a helper.

    `once` keeps what a form sent, no entry of the journal.
    """
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "once":
            yield from (
                keyword.value.value
                for keyword in node.keywords
                if keyword.arg == "act"
                and isinstance(keyword.value, ast.Constant)
                and keyword.value.value
            )


def test_every_act_in_the_journal_is_one_service_under_its_name_with_a_label():
    decorated, recorded = set(), {}
    for place, function in _functions():
        if any("business_act" in ast.unparse(each) for each in function.decorator_list):
            decorated.add(function.name)
        for act in _recorded_acts(function):
            recorded[act] = place

    assert len(recorded) >= 45
    assert {"record_death", "merge_households"} <= recorded.keys()
    assert {act: place for act, place in recorded.items() if act not in decorated} == {}
    assert {act: place for act, place in recorded.items() if act not in ACT_LABELS} == {}
