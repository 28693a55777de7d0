"""What a unit keeps for the whole ward: given and ended on screen, and what it opens."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from povertyplan.core.units.uses import UnitHandover, hand_over_uses, uses_of
from projects.choices import UnitDutyKind
from projects.donations.services.entries import add_donation
from projects.models import BudgetEntry, DonationEntry, UnitDuty
from projects.money.selectors import money_projects
from projects.rules.donations import DonationDraft
from tests.factories.core import UnitFactory, WardFactory
from tests.factories.projects import (
    DonationFactory,
    ProjectUnitFactory,
    SupportFactory,
    UnitDutyFactory,
    WardProjectFactory,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written, text_of

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
LIST, NEW = reverse("projects:duty_list"), reverse("projects:duty_new")
DONATION = {
    "key": KEY,
    "way": "in",
    "fund": "for_the_poor",
    "amount": "5.000.000",
    "dated": "02/03/2026",
    "party": "Công ty A",
    "purpose": "Ủng hộ",
}
ENTRY = {
    "key": KEY,
    "act": "assigned",
    "source": "provincial",
    "kind": "recurrent",
    "amount": "90.000.000",
    "dated": "02/03/2026",
    "first_year": "2026",
    "document_number": "5/QĐ-UBND",
}


def given(unit, **more):
    values = {"key": KEY, "duty": "money", "unit": unit.pk, "valid_from": "05/01/2026"}
    return values | more


def test_the_coordinator_gives_a_duty_and_ends_it(ward, coordinator, client_of):
    client, unit = client_of(coordinator), UnitFactory(ward=ward, name="Phòng Kinh tế")

    client.post(NEW, given(unit))
    shown = text_of(client.get(LIST))
    duty = UnitDuty.objects.get()
    client.post(
        reverse("projects:duty_end", args=[duty.pk]),
        {"version": duty.version, "last_day": "30/06/2026", "reason": "Chuyển về Văn phòng"},
    )
    after = text_of(client.get(LIST))

    assert "Phòng Kinh tế" in shown
    assert "Đang giao" in shown
    assert "Chuyển về Văn phòng" in after
    assert "Đang giao" not in after
    assert AuditEvent.objects.filter(object_type="projects.unitduty").count() == 2


def test_all_faults_of_a_duty_are_told_and_nothing_is_saved(ward, coordinator, client_of):
    client = client_of(coordinator)
    foreign = UnitFactory(ward=WardFactory())
    held = UnitDutyFactory(unit=UnitFactory(ward=ward))

    with nothing_written():
        empty = client.post(NEW, {"key": KEY})
        other = client.post(NEW, given(foreign))
        twice = client.post(NEW, given(held.unit, duty="donations"))
        early = client.post(
            reverse("projects:duty_end", args=[held.pk]),
            {"version": held.version, "last_day": "31/12/2025"},
        )

    assert set(empty.context["form"].errors) == {"duty", "unit", "valid_from"}
    assert set(other.context["form"].errors) == {"unit"}
    assert "đang được giao việc này từ ngày 01/01/2026" in text_of(twice)
    assert set(early.context["form"].errors) == {"last_day", "reason"}


def test_a_unit_keeps_donations_only_with_that_duty(ward, reporter, client_of):
    entry, client = DonationFactory(ward=ward), client_of(reporter)
    address = reverse("projects:donation_new")
    pages = (
        reverse("projects:donation_reverse", args=[entry.pk]),
        reverse("projects:donation_register_import"),
        reverse("projects:donation_register_template"),
    )

    with nothing_written():
        refused = [client.post(address, DONATION), *(client.get(page) for page in pages)]
    UnitDutyFactory(unit=reporter.units[0], duty=UnitDutyKind.MONEY)
    with nothing_written():
        refused.append(client.post(address, DONATION))
    assert {heading_of(answer) for answer in refused} == {NO_RIGHT}

    UnitDutyFactory(unit=reporter.units[0])
    client.post(address, DONATION)
    assert DonationEntry.objects.filter(party="Công ty A", amount=5_000_000).count() == 1
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


def test_a_duty_that_is_over_or_to_come_opens_nothing(ward, reporter):
    unit = reporter.units[0]
    UnitDutyFactory(unit=unit, valid_to=date(2026, 11, 18), end_reason="Thôi giao")
    UnitDutyFactory(unit=unit, valid_from=date(2026, 11, 21))
    draft = DonationDraft("for_the_poor", "in", 5, date(2026, 3, 2), "A", "B")

    with pytest.raises(PermissionDenied):
        add_donation(ward=ward, draft=draft, by=reporter)


def test_the_money_of_every_project_is_open_with_that_duty(ward, reporter, client_of):
    led = ProjectUnitFactory(ward_project__ward=ward, unit=reporter.units[0]).ward_project
    other = WardProjectFactory(ward=ward)
    address = reverse("projects:entry_new", args=[other.pk, 2026])
    client = client_of(reporter)

    before = client.post(address, ENTRY)
    UnitDutyFactory(unit=reporter.units[0], duty=UnitDutyKind.DONATIONS)
    still = client.post(address, ENTRY)
    assert {heading_of(before), heading_of(still)} == {NO_RIGHT}
    UnitDutyFactory(unit=reporter.units[0], duty=UnitDutyKind.MONEY)
    client.post(address, ENTRY)

    assert BudgetEntry.objects.get().ward_project == other
    assert money_projects(reporter, ward, 2026) == {led.pk, other.pk}


def test_the_money_duty_opens_nothing_but_money(ward, reporter, client_of):
    project, client = WardProjectFactory(ward=ward), client_of(reporter)
    UnitDutyFactory(unit=reporter.units[0], duty=UnitDutyKind.MONEY)
    support = SupportFactory(household__village__parent=ward, ward_project=project)

    with nothing_written():
        answers = [
            client.get(reverse("projects:activity_new", args=[project.pk, 2026])),
            client.get(reverse("projects:livelihood_new", args=[project.pk, 2026])),
            client.post(
                reverse("projects:support_withdraw", args=[support.pk]),
                {"reason": "Ghi nhầm", "version": 1},
            ),
            client.get(NEW),
        ]

    assert {heading_of(answer) for answer in answers} == {NO_RIGHT}


def test_a_duty_of_another_ward_opens_nothing_here(ward, reporter):
    other = WardProjectFactory(ward=ward)
    UnitDutyFactory(unit=UnitFactory(ward=WardFactory()), duty=UnitDutyKind.MONEY)

    assert other.pk not in money_projects(reporter, ward, 2026)


def test_my_unit_says_what_it_keeps(ward, reporter, client_of):
    UnitDutyFactory(unit=reporter.units[0])

    assert "Giữ sổ tiền, hàng ủng hộ" in text_of(client_of(reporter).get("/my-unit/?year=2026"))


def test_the_successor_of_a_unit_has_its_duties_from_the_day_after(ward, administrator):
    duty = UnitDutyFactory(unit=UnitFactory(ward=ward, name="Phòng Kinh tế"))
    successor, last_day = UnitFactory(ward=ward), date(2026, 6, 30)

    told = uses_of(duty.unit, last_day)
    hand_over_uses(UnitHandover(duty.unit, successor, last_day, administrator))

    assert any("giữ sổ tiền, hàng ủng hộ" in sentence for sentence in told)
    rows = UnitDuty.objects.order_by("valid_from").values_list("unit", "valid_from", "valid_to")
    assert list(rows) == [
        (duty.unit_id, date(2026, 1, 1), last_day),
        (successor.pk, date(2026, 7, 1), None),
    ]


def test_the_database_refuses_a_unit_of_another_ward(ward):
    unit = UnitFactory(ward=WardFactory())

    with pytest.raises(DatabaseError, match="cùng phường"), transaction.atomic():
        UnitDutyFactory(unit=unit, ward=ward)
