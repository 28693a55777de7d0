"""Opening a campaign, finishing and reopening villages, submitting and returning results."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.campaign.opening.services import open_campaign
from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.recognition.services.submission import return_results, submit_results
from households.campaign.villages.services import finish_village
from households.choices import CampaignKind, CampaignStage, ListReason, PovertyClass
from households.models import CampaignVillage, IncomeLine, Review, ReviewCampaign
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import (
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdFactory,
    StandardFactory,
    StatusFactory,
)
from tests.households.campaigns import entered, finish, pending_review, submitted_campaign


def listed(village, poverty_class, **household):
    home = HouseholdFactory(village=village, **household)
    StatusFactory(household=home, poverty_class=poverty_class)
    return home


def opened(ward, by, **changes):
    values = {
        "ward": ward,
        "year": 2026,
        "kind": CampaignKind.ANNUAL,
        "name": "Rà soát định kỳ năm 2026",
        "standard": StandardFactory(),
        "opens_on": date(2026, 9, 1),
        "closes_on": date(2026, 12, 14),
        "by": by,
        **changes,
    }
    return open_campaign(**values)


def refused(act, **arguments) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        act(**arguments)
    return caught.value


def test_open_campaign_lists_the_poor_the_near_poor_and_those_who_asked(ward, village, coordinator):
    poor = listed(village, PovertyClass.POOR)
    near_poor = listed(village, PovertyClass.NEAR_POOR)
    asked = listed(village, PovertyClass.NOT_POOR)
    listed(village, PovertyClass.NOT_POOR)
    listed(village, PovertyClass.POOR, closed_on=date(2026, 3, 1), closing_reason="moved_out")
    listed(VillageFactory(), PovertyClass.POOR)

    campaign = opened(ward, coordinator, requested=[asked, poor])

    assert dict(campaign.reviews.values_list("household", "list_reason")) == {
        poor.pk: ListReason.ON_LIST,
        near_poor.pk: ListReason.ON_LIST,
        asked.pk: ListReason.REQUESTED,
    }
    assert campaign.is_open
    assert "3 hộ cần rà soát" in AuditEvent.objects.get(act="open_campaign").summary


def test_open_campaign_takes_in_every_village_with_its_reviewer(
    ward, village, village_head, coordinator
):
    other = VillageFactory(parent=ward)
    VillageFactory(parent=ward, valid_to=date(2025, 6, 30))

    campaign = opened(ward, coordinator)

    assert dict(campaign.villages.values_list("village", "reviewer")) == {
        village.pk: village_head.pk,
        other.pk: None,
    }


def test_open_campaign_asks_the_ledger_of_the_opening_day(ward, village, coordinator):
    home = HouseholdFactory(village=village)
    StatusFactory(
        household=home,
        poverty_class=PovertyClass.POOR,
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 8, 31),
    )
    StatusFactory(household=home, poverty_class=PovertyClass.NOT_POOR, starts_on=date(2026, 9, 1))

    assert not opened(ward, coordinator).reviews.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"closes_on": date(2026, 8, 31)}, "closes_on", id="ends before it begins"),
        pytest.param(
            {"year": 2027, "opens_on": date(2027, 1, 1), "closes_on": date(2027, 2, 1)},
            "standard",
            id="standard no longer in force",
        ),
    ],
)
def test_open_campaign_refuses(ward, coordinator, changes, field):
    error = refused(lambda **kw: opened(ward, coordinator, **kw), **changes)

    assert error.message_dict.keys() == {field}
    assert not ReviewCampaign.objects.exists()
    assert not AuditEvent.objects.exists()


def test_open_campaign_refuses_a_standard_without_score_line(ward, coordinator):
    standard = StandardFactory()
    IncomeLine.objects.filter(standard=standard, setting="rural").update(score_line=None)

    error = refused(lambda: opened(ward, coordinator))

    assert error.message_dict["standard"] == [
        "Chuẩn nghèo đa chiều 2022-2026 chưa có mức điểm B1, chưa dùng để rà soát được."
    ]


def test_open_campaign_refuses_a_second_annual_one(ward, coordinator):
    opened(ward, coordinator)

    error = refused(lambda: opened(ward, coordinator))

    assert error.messages == ["Năm này đã có đợt rà soát định kỳ."]
    assert ReviewCampaign.objects.count() == 1


def test_open_campaign_refuses_a_household_of_another_ward(ward, coordinator):
    foreign = listed(VillageFactory(), PovertyClass.NOT_POOR)

    error = refused(lambda: opened(ward, coordinator, requested=[foreign]))

    assert "requested" in error.message_dict
    assert not ReviewCampaign.objects.exists()


def test_finish_village_locks_it_for_who_and_when(ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=village_head)

    row = finish(campaign, village, by=village_head)

    row.refresh_from_db()
    assert row.is_finished
    assert (row.finished_by, row.version) == (village_head, 2)
    assert AuditEvent.objects.latest("pk").summary == (
        f"{village_head} xác nhận hoàn thành rà soát ở Tổ dân phố 1 (Rà soát định kỳ năm 2026)"
    )


def test_finish_village_refused_while_a_form_is_missing(ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=village_head)
    pending_review(campaign, village, code="DC-0007")

    error = refused(finish, campaign=campaign, village=village, by=village_head)

    assert error.message == "Còn 1 hộ chưa nhập phiếu: DC-0007."
    assert not CampaignVillage.objects.get().is_finished


def test_finish_village_does_not_wait_for_a_closed_household(ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, closed_on=date(2026, 10, 1), closing_reason="moved_out")

    assert finish(campaign, village, by=village_head).is_finished


def test_finish_village_twice_is_the_same_as_once(ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    row = CampaignVillageFactory(campaign=campaign, village=village)

    first = finish_village(campaign_village=row, version=1, by=village_head)
    second = finish_village(campaign_village=row, version=1, by=village_head)

    assert first.finished_at == second.finished_at
    assert AuditEvent.objects.filter(act="finish_village").count() == 1


def test_finish_village_already_finished_by_another_is_refused(
    ward, village, village_head, coordinator
):
    row = CampaignVillageFactory(campaign=CampaignFactory(ward=ward), village=village)
    finish_village(campaign_village=row, version=1, by=village_head)

    error = refused(finish_village, campaign_village=row, version=2, by=coordinator)

    assert error.code == "locked"


def test_reopen_village_needs_a_reason_and_keeps_it(ward, village, village_head, coordinator):
    row = CampaignVillageFactory(campaign=CampaignFactory(ward=ward), village=village)
    finish_village(campaign_village=row, version=1, by=village_head)

    error = refused(reopen_village, campaign_village=row, version=2, reason=" ", by=coordinator)
    assert error.message_dict == {"reason": ["Nhập lý do mở lại thôn."]}
    assert CampaignVillage.objects.get().is_finished

    reopen_village(campaign_village=row, version=2, reason="Phúc tra hộ DC-0007", by=coordinator)

    assert not CampaignVillage.objects.get().is_finished
    assert AuditEvent.objects.latest("pk").reason == "Phúc tra hộ DC-0007"


def test_reopen_village_refuses_a_stale_version(ward, village, village_head, coordinator):
    row = CampaignVillageFactory(campaign=CampaignFactory(ward=ward), village=village)
    finish_village(campaign_village=row, version=1, by=village_head)

    error = refused(
        reopen_village, campaign_village=row, version=1, reason="Ghi nhầm", by=coordinator
    )

    assert isinstance(error, StaleVersion)
    assert CampaignVillage.objects.get().is_finished


def test_reopen_village_refused_once_submitted(ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator)
    row = CampaignVillage.objects.get()

    error = refused(
        reopen_village, campaign_village=row, version=row.version, reason="Ghi nhầm", by=coordinator
    )

    assert error.code == "locked"
    assert campaign.villages.get().is_finished


def test_submit_results_waits_for_approval(ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator)

    campaign.refresh_from_db()
    assert campaign.stage == CampaignStage.SUBMITTED
    assert campaign.submitted_by == coordinator
    assert campaign.submitted_at is not None
    assert campaign.version == 2


def test_submit_results_refused_while_a_village_is_open(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)

    error = refused(submit_results, campaign=campaign, version=1, by=coordinator)

    assert error.message == "Còn 1 thôn, tổ dân phố chưa hoàn thành: Tổ dân phố 1."
    assert ReviewCampaign.objects.get().is_open


def test_submit_results_refused_without_a_form(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    CampaignVillageFactory(campaign=campaign, village=village)
    finish(campaign, village, by=coordinator)

    error = refused(submit_results, campaign=campaign, version=1, by=coordinator)

    assert error.code == "empty"
    assert ReviewCampaign.objects.get().is_open


def test_submit_results_twice_is_the_same_as_once(ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator)

    submit_results(campaign=campaign, version=1, by=coordinator)

    assert ReviewCampaign.objects.get().version == 2
    assert AuditEvent.objects.filter(act="submit_results").count() == 1


def test_submit_results_refuses_a_stale_version(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    return_results(campaign=campaign, version=2, reason="Kiểm tra lại", by=leader)

    error = refused(submit_results, campaign=campaign, version=2, by=coordinator)

    assert isinstance(error, StaleVersion)
    assert ReviewCampaign.objects.get().is_open


def test_return_results_opens_the_campaign_with_the_reason(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)

    return_results(campaign=campaign, version=2, reason="Kiểm tra lại hộ DC-0007", by=leader)

    campaign.refresh_from_db()
    assert campaign.is_open
    assert campaign.return_reason == "Kiểm tra lại hộ DC-0007"
    assert AuditEvent.objects.latest("pk").reason == "Kiểm tra lại hộ DC-0007"


def test_return_results_needs_a_reason(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)

    error = refused(return_results, campaign=campaign, version=2, reason="", by=leader)

    assert error.message_dict == {"reason": ["Nhập lý do trả lại kết quả."]}
    assert ReviewCampaign.objects.get().stage == CampaignStage.SUBMITTED


def test_return_results_refused_when_nothing_was_submitted(ward, leader):
    campaign = CampaignFactory(ward=ward)

    error = refused(return_results, campaign=campaign, version=1, reason="Ghi nhầm", by=leader)

    assert error.message == "Kết quả đợt rà soát chưa được trình."


def test_resubmitted_results_carry_no_old_reason(ward, village, leader):
    coordinators = [user_with(Role.COORDINATOR, ward) for _ in range(2)]
    campaign = submitted_campaign(ward, village, by=coordinators[0])
    return_results(campaign=campaign, version=2, reason="Kiểm tra lại", by=leader)

    submit_results(campaign=campaign, version=3, by=coordinators[1])

    campaign.refresh_from_db()
    assert (campaign.return_reason, campaign.submitted_by) == ("", coordinators[1])
    assert Review.objects.count() == 1
