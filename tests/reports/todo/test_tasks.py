"""Each task appears from its data, for its role, and goes when the data is done."""

from datetime import date

import pytest
from django.urls import reverse

from households.choices import CampaignStage
from households.models import CampaignVillage, ReviewRequest
from povertyplan.core import clock
from povertyplan.core.choices import Role
from projects.choices import TargetOperator
from reports.plans.services import return_document, submit_document
from reports.todo.tasks import build_todo
from tests.factories.core import GrantFactory, UserFactory, VillageFactory, WardFactory
from tests.factories.households import (
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdFactory,
    InquiryFactory,
    NeedFactory,
    NeedKindFactory,
    PledgeFactory,
    ReviewFactory,
    ReviewRequestFactory,
    StatusFactory,
)
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.factories.reports import DocumentFactory
from tests.reports.documents import issue
from tests.reports.histories import NOT_POOR, POOR, TODAY, reviewed, spells


def tasks_of(user, today=TODAY):
    return {task.title: (label, task) for label, task in all_tasks_of(user, today)}


def all_tasks_of(user, today=TODAY):
    groups = build_todo(user=user, today=today)
    return [(group.label, task) for group in groups for task in group.tasks]


@pytest.fixture
def campaign(ward, village):
    """The open review with one pending form in `village`."""
    campaign = CampaignFactory(ward=ward)
    ReviewFactory(campaign=campaign, household=HouseholdFactory(village=village))
    return campaign


def finish(campaign):
    CampaignVillage.objects.filter(campaign=campaign).update(
        finished_at=clock.now(), finished_by=UserFactory()
    )


def submit(campaign):
    campaign.stage = CampaignStage.SUBMITTED
    campaign.submitted_by = UserFactory(full_name="Trần Thị Ngọc")
    campaign.submitted_at = clock.now()
    campaign.save()


def test_village_head_has_the_forms_of_the_own_village(campaign, village, village_head):
    other = VillageFactory(parent=campaign.ward, name="Tổ dân phố khác")
    ReviewFactory(campaign=campaign, household=HouseholdFactory(village=other))

    tasks = tasks_of(village_head)

    assert list(tasks) == ["Nhập kết quả rà soát: Tổ dân phố 1"]
    label, task = tasks["Nhập kết quả rà soát: Tổ dân phố 1"]
    assert (label, task.due_on, task.done, task.total) == ("Sắp tới", date(2026, 12, 14), 0, 1)
    assert task.url == reverse("households:review_grid", args=[campaign.pk, village.pk])


def test_households_nobody_asked_are_a_line_for_the_ward_and_for_each_village(
    ward, village, village_head, coordinator
):
    here, asked = (StatusFactory(household=HouseholdFactory(village=village)) for _ in range(2))
    other = VillageFactory(parent=ward)
    StatusFactory(household=HouseholdFactory(village=other))
    assert "chưa hỏi" not in str(tasks_of(coordinator))  # without kinds there is nothing to ask
    NeedKindFactory()
    InquiryFactory(household=asked.household, has_needs=False)

    _, task = tasks_of(coordinator)["2 hộ chưa hỏi nhu cầu"]
    assert "1 hộ chưa hỏi nhu cầu" in tasks_of(village_head)
    assert task.url == f"{reverse('households:need_list')}?state=not_asked"

    NeedFactory(household=here.household)
    assert "1 hộ chưa hỏi nhu cầu" in tasks_of(coordinator)
    assert tasks_of(village_head) == {}


def test_who_helps_is_asked_of_those_who_may_assign_somebody(
    ward, village, village_head, coordinator
):
    PledgeFactory(household=HouseholdFactory(village=village), year=TODAY.year)

    lacking = "1 hộ đăng ký thoát nghèo chưa có người giúp đỡ"
    assert lacking in tasks_of(coordinator)
    assert lacking not in tasks_of(village_head)
    assert "1 hộ đăng ký thoát nghèo lâu chưa được thăm" in tasks_of(village_head)


def test_village_with_every_form_entered_waits_to_be_confirmed(ward, village, village_head):
    reviewed(CampaignFactory(ward=ward), village)

    assert list(tasks_of(village_head)) == ["Xác nhận hoàn thành rà soát: Tổ dân phố 1"]


def test_finished_village_leaves_no_task(campaign, village_head):
    finish(campaign)

    assert tasks_of(village_head) == {}


def test_coordinator_has_the_unfinished_villages_in_one_line(campaign, coordinator):
    second = VillageFactory(parent=campaign.ward)
    CampaignVillageFactory(campaign=campaign, village=second)

    _, task = tasks_of(coordinator)["2 thôn, tổ dân phố chưa hoàn thành rà soát năm 2026"]

    assert (task.done, task.total) == (0, 2)
    assert [detail.label for detail in task.details] == ["Tổ dân phố 1", second.name]
    assert task.url == reverse("households:campaign_overview", args=[campaign.pk])


def test_campaign_with_every_village_finished_is_ready_to_submit(campaign, coordinator):
    finish(campaign)

    _, task = tasks_of(coordinator)["Trình kết quả rà soát năm 2026"]

    assert task.url == reverse("households:campaign_submit", args=[campaign.pk])


def test_returned_campaign_shows_the_reason(campaign, coordinator):
    campaign.return_reason = "Thiếu biên bản họp dân."
    campaign.save()

    _, task = tasks_of(coordinator)["Chỉnh sửa kết quả rà soát năm 2026 bị trả lại"]

    assert task.reason == "Lý do trả lại: Thiếu biên bản họp dân."


def test_submitted_campaign_is_work_for_the_leader_and_waiting_for_the_coordinator(
    campaign, coordinator, leader
):
    submit(campaign)

    _, approval = tasks_of(leader)["Phê duyệt kết quả rà soát năm 2026"]
    label, waiting = tasks_of(coordinator)["Lãnh đạo phê duyệt kết quả rà soát năm 2026"]
    assert approval.url == reverse("households:campaign_recognise", args=[campaign.pk])
    assert "Trần Thị Ngọc trình lúc" in approval.reason
    assert (label, waiting.waits_for_others) == ("Chờ người khác", True)


@pytest.mark.parametrize(
    ("escaped_on", "is_due"),
    [
        pytest.param(date(2023, 11, 20), True, id="last day today"),
        pytest.param(date(2024, 2, 18), True, id="ends in 90 days"),
        pytest.param(date(2024, 2, 19), False, id="ends in 91 days"),
        pytest.param(date(2023, 11, 19), False, id="over since yesterday"),
    ],
)
def test_windows_ending_within_ninety_days_are_announced(village, coordinator, escaped_on, is_due):
    spells(village, (POOR, date(2021, 1, 1)), (NOT_POOR, escaped_on))

    titles = list(tasks_of(coordinator))

    assert titles == (["1 hộ mới thoát nghèo sắp hết thời hạn 36 tháng"] if is_due else [])


def test_draft_stays_on_the_list_until_it_leaves_the_draft_state(ward, coordinator):
    document = DocumentFactory(ward=ward)

    label, task = tasks_of(coordinator)["Xem lại dự thảo kế hoạch giai đoạn 2025-2030"]
    assert (label, task.url) == ("Không có hạn", f"/plans/{document.pk}/")

    submit_document(document=document, version=document.version, by=coordinator)
    assert tasks_of(coordinator) == {}


def test_a_returned_draft_says_why_it_is_back(ward, coordinator, leader):
    document = DocumentFactory(ward=ward)
    submitted = submit_document(document=document, version=document.version, by=coordinator)
    return_document(
        document=submitted, version=submitted.version, reason="Thiếu nguồn vốn", by=leader
    )

    _label, task = tasks_of(coordinator)["Xem lại dự thảo kế hoạch giai đoạn 2025-2030"]
    assert task.reason == "Bị trả lại. Lý do: Thiếu nguồn vốn"


def test_leader_signs_what_was_submitted_until_it_is_issued(ward, coordinator, leader):
    document = DocumentFactory(ward=ward)
    submitted = submit_document(document=document, version=document.version, by=coordinator)

    _label, task = tasks_of(leader)[
        "Ký ban hành kế hoạch giảm nghèo bền vững (giai đoạn 2025-2030)"
    ]
    assert task.url == reverse("reports:document_issue", args=[document.pk])
    assert f"{coordinator} trình lúc" in task.reason

    issue(submitted)
    assert tasks_of(leader) == {}


def test_who_submitted_is_not_asked_to_sign(ward, coordinator, leader):
    document = DocumentFactory(ward=ward)
    submit_document(document=document, version=document.version, by=leader)

    assert tasks_of(leader) == {}


@pytest.fixture
def own_target(ward, reporter):
    indicator = IndicatorFactory(ward=ward, owner=reporter.units[0], name="Có bảo hiểm y tế")
    return TargetFactory(indicator=indicator, year=2025)


def test_reporter_owes_the_targets_of_the_own_unit(ward, own_target, reporter):
    TargetFactory(indicator=IndicatorFactory(ward=ward))

    tasks = tasks_of(reporter)

    assert list(tasks) == ["Báo cáo kết quả 1 chỉ tiêu năm 2025"]
    label, task = tasks["Báo cáo kết quả 1 chỉ tiêu năm 2025"]
    assert (label, task.due_on) == ("Quá hạn", date(2025, 11, 30))
    assert [detail.label for detail in task.details] == ["Có bảo hiểm y tế"]
    assert task.url == "/targets/?year=2025"


def test_coordinator_sees_what_every_unit_owes(ward, own_target, coordinator):
    TargetFactory(indicator=IndicatorFactory(ward=ward))

    assert list(tasks_of(coordinator)) == ["Đôn đốc báo cáo kết quả 2 chỉ tiêu năm 2025"]


def test_reported_computed_and_qualitative_targets_owe_nothing(ward, own_target, reporter):
    ActualFactory(indicator=own_target.indicator, year=2025)
    unit = reporter.units[0]
    TargetFactory(indicator=IndicatorFactory(ward=ward, owner=unit, query="poor_households"))
    TargetFactory(
        indicator=IndicatorFactory(ward=ward, owner=unit),
        operator=TargetOperator.QUALITATIVE,
        low=None,
    )

    assert tasks_of(reporter) == {}


@pytest.mark.parametrize(("today", "owes"), [(date(2025, 9, 30), 0), (date(2025, 10, 1), 1)])
def test_targets_of_a_running_year_are_asked_for_in_its_last_quarter(
    own_target, reporter, today, owes
):
    assert len(tasks_of(reporter, today)) == owes


@pytest.mark.parametrize(
    ("today", "label"),
    [
        (date(2026, 12, 15), "Quá hạn"),
        (date(2026, 12, 14), "Trong 7 ngày tới"),
        (date(2026, 12, 7), "Trong 7 ngày tới"),
        (date(2026, 12, 6), "Sắp tới"),
    ],
)
def test_tasks_are_grouped_by_their_day(campaign, village_head, today, label):
    ((found, _),) = tasks_of(village_head, today).values()

    assert found == label


def test_administrator_has_no_task_of_a_review(campaign, administrator):
    assert tasks_of(administrator) == {}


def test_tasks_of_another_ward_are_never_mine(campaign, own_target, stranger):
    DocumentFactory(ward=campaign.ward)

    assert tasks_of(stranger) == {}


def test_todo_page_shows_titles_days_and_details(campaign, coordinator, client_of):
    page = client_of(coordinator).get(reverse("reports:todo")).content.decode()

    assert "1 thôn, tổ dân phố chưa hoàn thành rà soát năm 2026" in page
    assert "còn 24 ngày" in page
    assert "Từng việc (1)" in page


def test_todo_page_without_a_task_says_so(leader, client_of):
    page = client_of(leader).get(reverse("reports:todo")).content.decode()

    assert "Không có việc đến hạn." in page


def test_waiting_requests_are_the_coordinators_and_go_when_answered(
    ward, village, coordinator, village_head
):
    for day in (12, 3):
        ReviewRequestFactory(village=village, received_on=date(2026, 11, day))
    ReviewRequestFactory()  # of another ward

    _label, task = tasks_of(coordinator)["2 giấy đề nghị rà soát chưa giải quyết"]

    assert "Nhận sớm nhất ngày 03/11/2026" in task.reason
    assert task.url == reverse("households:request_list")
    assert not [title for title in tasks_of(village_head) if "giấy đề nghị" in title]
    ReviewRequest.objects.update(closing_reason="Hộ rút đề nghị.")
    assert not [title for title in tasks_of(coordinator) if "giấy đề nghị" in title]


@pytest.mark.parametrize("count", [1, 3])
def test_todo_query_count_does_not_grow(
    ward, campaign, coordinator, client_of, count, django_assert_num_queries
):
    for _ in range(count):
        ReviewFactory(
            campaign=campaign, household=HouseholdFactory(village=VillageFactory(parent=ward))
        )
        TargetFactory(indicator=IndicatorFactory(ward=ward))
        DocumentFactory(ward=ward)
        ReviewRequestFactory(village=VillageFactory(parent=ward))
    client = client_of(coordinator)

    with django_assert_num_queries(31):
        page = client.get(reverse("reports:todo")).content.decode()

    assert f"{count + 1} thôn, tổ dân phố chưa hoàn thành" in page


def test_announced_windows_are_exactly_those_of_the_list_it_opens(village, coordinator, client_of):
    for day in (date(2024, 2, 18), date(2023, 12, 14), date(2024, 2, 19)):
        spells(village, (POOR, date(2021, 1, 1)), (NOT_POOR, day))

    _, task = tasks_of(coordinator)["2 hộ mới thoát nghèo sắp hết thời hạn 36 tháng"]
    page = client_of(coordinator).get(task.url).context["page"]

    assert [line.ends_on for line in page] == [date(2026, 12, 14), date(2027, 2, 18)]
    assert task.due_on == date(2026, 12, 14)
    assert "đến hết ngày 14/12/2026 (hộ sớm nhất), 18/02/2027 (hộ muộn nhất);" in task.reason


def test_each_role_has_the_tasks_of_its_own_ward(campaign, leader):
    """Somebody who approves here and only looks on there."""
    submit(campaign)
    elsewhere = CampaignFactory()
    submit(elsewhere)
    GrantFactory(user=leader, role=Role.OBSERVER, area=elsewhere.ward)

    finding = reverse("reports:finding_new")
    tasks = [task for _label, task in tasks_of(leader).values()]
    (approve,) = [task for task in tasks if not task.url.startswith(finding)]

    assert approve.url == reverse("households:campaign_recognise", args=[campaign.pk])
    assert approve.reason.startswith(f"{campaign.ward}: Trần Thị Ngọc trình")


def test_tasks_of_two_wards_say_whose_they_are(ward, coordinator):
    elsewhere = WardFactory(name="Phường Ngọc Bay")
    GrantFactory(user=coordinator, role=Role.COORDINATOR, area=elsewhere)
    for each in (ward, elsewhere):
        DocumentFactory(ward=each, year_from=2026, year_to=2026)

    reasons = sorted(task.reason for _label, task in all_tasks_of(coordinator))

    assert [reason.split(":")[0] for reason in reasons] == ["Phường Ngọc Bay", "Phường Đăk Cấm"]


def test_a_household_outside_the_review_is_the_coordinators_task(campaign, village, coordinator):
    StatusFactory(household=HouseholdFactory(village=village, code="HN-09", head="Y Tách"))

    _, task = tasks_of(coordinator)["1 hộ chưa có trong đợt rà soát năm 2026"]

    assert task.url == reverse("households:campaign_unlisted", args=[campaign.pk])
    assert [detail.label for detail in task.details] == ["HN-09 – Y Tách"]
