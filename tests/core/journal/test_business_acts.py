"""Each service signs the rows it changes: actor, act, source and one token."""

import ast
import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from households.campaign.recognition.services.recognising import recognise_results
from households.entry.survey.services.reviews import record_review
from households.intake.writing.services.writing import commit_import
from households.register.services.households import HouseholdInput, enter_household
from households.register.services.registering import MemberInput, register_household
from povertyplan.core.journal import audit, triggers
from povertyplan.core.journal.acts import registered_acts
from povertyplan.core.models import AuditEvent, RowChange
from povertyplan.core.platform.structured_file.reading import read
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


def test_an_act_inside_another_signs_its_own_line_and_keeps_the_source(village, coordinator):
    enter_household(
        kind="registered",
        ward=village.parent,
        village=village,
        details=HouseholdInput(code="HN-03-017"),
        opened_on=date(2026, 1, 5),
        head=MemberInput("Y Hữu Nam", "male", "head", date(1980, 5, 17)),
        key="3b0c1f9e-55a5-4f0c-9a55-0c6a5a1a4c11",
        by=coordinator,
        source="command",
    )

    lines = AuditEvent.objects.values_list("act", "actor", "source").order_by("pk")
    assert list(lines) == [
        ("register_household", coordinator.pk, "command"),
        ("enter_household", coordinator.pk, "command"),
    ]
    signed, _count = signatures("register_household")
    assert signed == {(coordinator.username, "enter_household", "command")}


def test_a_form_of_the_phone_names_the_phone_in_its_line_alone(ward, village, village_head):
    @audit.business_act()
    def send(*, by):
        record_review(
            review=review, answers=answers(), version=review.version, by=by, source="phone"
        )

    review = pending_review(CampaignFactory(ward=ward), village)
    send(by=village_head)

    assert AuditEvent.objects.get(act="record_review").source == "phone"
    signed, _count = signatures("record_review")
    assert signed == {(village_head.username, "send", "web")}


def test_a_written_list_names_the_file_in_its_line_alone(ward, coordinator):
    @audit.business_act(source="import")
    def write(*, by):
        audit.record(ward, "Nhập tệp.", ward=ward, act=commit_import)

    write(by=coordinator)
    write(by=coordinator, source="command")

    lines = AuditEvent.objects.filter(act="commit_import").order_by("pk")
    signed = [
        RowChange.objects.filter(token=line.token).values_list("source", flat=True).distinct().get()
        for line in lines
    ]
    assert [line.source for line in lines] == ["import", "command"]
    assert signed == ["web", "command"]


def test_no_line_is_written_outside_an_act(ward):
    with pytest.raises(LookupError):
        audit.record(ward, "Sửa dữ liệu.", ward=ward)

    assert not AuditEvent.objects.exists()


def test_no_line_is_written_of_an_act_without_a_label(ward, coordinator):
    @audit.business_act()
    def act_without_label(*, by):
        audit.record(ward, "Sửa dữ liệu.", ward=ward)

    with pytest.raises(LookupError):
        act_without_label(by=coordinator)

    assert not AuditEvent.objects.exists()


def test_two_modules_cannot_use_one_name_for_their_acts():
    def lock_period(*, by):
        """Another act than that of the core."""

    with pytest.raises(ValueError, match="lock_period"):
        audit.business_act(label="Khóa")(lock_period)


def _sources():
    for package in PACKAGES:
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text("utf-8")


def test_every_act_of_the_code_is_registered_once_the_apps_are_ready():
    """In a process that has loaded no page: a command reads labels and installs triggers too."""
    decorated = {
        node.name
        for _path, text in _sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any("business_act" in ast.unparse(each) for each in node.decorator_list)
    }
    script = (
        "import django; django.setup();"
        "from povertyplan.core.journal.acts import registered_acts;"
        "print(*registered_acts())"
    )

    ready = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, check=True
    )

    assert set(ready.stdout.decode().split()) == decorated
    assert {"reopen_campaign", "load_ward", "record_access", "_drop_rows"} <= decorated


def test_the_journal_is_written_through_one_door():
    """So that no line can name an act that the journal has no label for."""
    writers = [
        path
        for path, text in _sources()
        if re.search(r"\bAuditEvent(\.objects\.(bulk_)?create)?\(", text)
    ]

    assert writers == [
        "povertyplan/core/journal/audit.py",
        "povertyplan/core/models/audit.py",
    ]


def test_acts_of_every_app_are_labelled_and_no_label_is_used_twice():
    own = [act for act in registered_acts().values() if act.app]
    labels = Counter(act.label for act in own if act.label)

    assert {act.app for act in own} == {
        *("core", "demo", "households", "projects", "province", "reports", "ward_file"),
    }
    assert labels.total() >= 65
    assert [label for label, uses in labels.items() if uses > 1] == []


def test_triggers_name_registered_acts():
    named = {
        name
        for refusal in triggers.refusals()
        for name in re.findall(r"\{act\} (?:=|<>) '(\w+)'", refusal.condition)
    }

    assert named == {"reopen_campaign", "reopen_household", "undo_import"}
    assert named <= registered_acts().keys()
