"""The publication plan, what was published of it, and the supports by village."""

import io
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from povertyplan.core.choices import Role
from povertyplan.core.models import Job
from povertyplan.core.platform import jobs
from projects.choices import BudgetSource, PublicationTrigger
from projects.donations.services.entries import reverse_donation
from projects.models import Publication
from projects.publicity.selectors.plan import plan_of_year, publication_rules
from projects.publicity.selectors.supports import published_supports
from reports.papers import frame
from tests.factories.core import GrantFactory, VillageFactory, WardFactory, user_with
from tests.factories.households import CampaignFactory, DecisionFactory, HouseholdFactory
from tests.factories.projects import (
    DonationFactory,
    PublicationFactory,
    PublicationRuleFactory,
    SupportFactory,
    SupportKindFactory,
)
from tests.pages import text_of, words_of
from tests.queries import questions
from tests.reports.paper import read_pages

PLAN = reverse("projects:publicity_plan")
SUPPORTS = reverse("projects:publicity_supports")
YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def decision(ward):
    campaign = CampaignFactory(ward=ward, year=2026)
    return DecisionFactory(ward=ward, campaign=campaign, decided_on=date(2026, 11, 2))


@pytest.fixture
def rule(db):
    return PublicationRuleFactory(name="Kết quả công nhận")


def test_the_plan_follows_from_what_happened(ward, village, decision, rule):
    housing = SupportKindFactory(code="nha-o", name="Nhà ở")
    household = HouseholdFactory(village=village)
    SupportFactory(household=household, kind=housing, delivered_on=date(2026, 3, 10))
    gift = {"delivered_on": date(2026, 5, 5), "source": BudgetSource.MOBILISED}
    SupportFactory(household=household, **gift)
    for trigger in (PublicationTrigger.SUPPORTS, PublicationTrigger.DONATIONS):
        PublicationRuleFactory(trigger=trigger)
    for trigger in (PublicationTrigger.BEFORE_GIFT, PublicationTrigger.AFTER_GIFT):
        PublicationRuleFactory(trigger=trigger, support_kinds=["nha-o"])
    PublicationRuleFactory(trigger=PublicationTrigger.REVIEW)
    PublicationRuleFactory(valid_from=date(2027, 1, 1))

    plan = [
        (each.rule.trigger, each.occasion.key, each.due_on)
        for each in plan_of_year(ward, 2026, publication_rules())
    ]

    assert plan == [
        ("before_gift", "nha-o_2026-03-10", date(2026, 3, 10)),
        ("after_gift", "nha-o_2026-03-10", date(2026, 3, 17)),
        ("supports", "quarter-2026-1", date(2026, 4, 7)),
        ("supports", "quarter-2026-2", date(2026, 7, 7)),
        ("donations", "quarter-2026-2", date(2026, 7, 7)),
        ("decision", f"decision-{decision.pk}", date(2026, 11, 9)),
    ]


def test_a_missed_publication_is_to_do_until_it_is_recorded(
    ward, coordinator, decision, rule, client_of
):
    client, todo = client_of(coordinator), reverse("reports:todo")
    assert "Công khai 1 nội dung đến hạn, quá hạn" in text_of(client.get(todo))
    assert "Quá hạn, chưa công khai" in text_of(client.get(PLAN))
    url = reverse("projects:publication_new", args=[2026, rule.pk, f"decision-{decision.pk}"])
    typed = {"key": str(uuid4()), "posted_from": "05/11/2026", "evidence": "Biên bản số 3"}

    for _ in range(2):  # a double click records once
        assert client.post(url, typed).status_code == 302

    publication = Publication.objects.get()
    assert publication.occasion_label == f"Kết quả công nhận: {decision}"
    assert "Đang công khai" in text_of(client.get(PLAN))
    assert "nội dung đến hạn" not in text_of(client.get(todo))

    withdraw = reverse("projects:publication_withdraw", args=[publication.pk])
    assert client.post(withdraw, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(withdraw, {"version": 1, "reason": "Nhầm thôn"}).status_code == 302
    assert "Quá hạn, chưa công khai" in text_of(client.get(PLAN))


def test_one_that_was_too_short_is_told_so_at_once(ward, coordinator, decision, rule, client_of):
    url = reverse("projects:publication_new", args=[2026, rule.pk, f"decision-{decision.pk}"])
    typed = {"key": str(uuid4()), "posted_from": "05/11/2026", "posted_to": "14/11/2026"}

    answer = client_of(coordinator).post(url, typed | {"evidence": "Biên bản"}, follow=True)

    assert "Còn thiếu 20 ngày so với quy định ít nhất 30 ngày." in text_of(answer)


def test_who_keeps_two_wards_records_in_that_of_the_decision(ward, decision, rule, client_of):
    keeper = user_with(Role.COORDINATOR, WardFactory())
    GrantFactory(user=keeper, role=Role.COORDINATOR, area=ward)
    url = reverse("projects:publication_new", args=[2026, rule.pk, f"decision-{decision.pk}"])
    typed = {"key": str(uuid4()), "posted_from": "05/11/2026", "evidence": "Biên bản số 3"}

    client_of(keeper).post(url, typed)

    publication = Publication.objects.get()
    assert publication.ward == ward
    assert str(publication).endswith("niêm yết tại trụ sở HĐND, UBND")


def test_the_plan_leads_to_the_supports_of_its_quarter(ward, village, coordinator, client_of):
    PublicationRuleFactory(trigger=PublicationTrigger.SUPPORTS)
    household = HouseholdFactory(village=village)
    SupportFactory(household=household, delivered_on=date(2026, 5, 5))

    page = client_of(coordinator).get(PLAN, {"year": "2026"}).content.decode()

    assert f"{SUPPORTS}?year=2026&quarter=2" in page


def test_bad_days_and_no_evidence_are_said_and_nothing_is_saved(
    ward, coordinator, decision, rule, client_of
):
    client = client_of(coordinator)
    url = reverse("projects:publication_new", args=[2026, rule.pk, f"decision-{decision.pk}"])
    for typed, sentences in (
        ({"posted_from": "01/11/2026", "evidence": "x"}, ["Không công khai trước ngày 02/11/2026"]),
        ({"posted_from": "21/11/2026", "evidence": "x"}, ["Ngày này chưa đến"]),
        (
            {"posted_from": "10/11/2026", "posted_to": "09/11/2026", "evidence": "x"},
            ["Ngày kết thúc không được trước ngày bắt đầu"],
        ),
        ({"posted_from": "", "evidence": ""}, ["Nhập ngày bắt đầu", "Nêu minh chứng"]),
    ):
        answer = client.post(url, typed | {"key": str(uuid4()), "location": "Trụ sở"})
        assert answer.status_code == 422
        assert all(sentence in text_of(answer) for sentence in sentences)
        assert "Trụ sở" in answer.content.decode()
    assert not Publication.objects.exists()
    unknown = reverse("projects:publication_new", args=[2026, rule.pk, "decision-0"])
    assert client.get(unknown).status_code == 404


def test_every_support_is_published_by_name_or_as_a_total(
    ward, village, coordinator, reporter, client_of
):
    household = HouseholdFactory(village=village, head="Y Hữu Nam")
    other = HouseholdFactory(village=VillageFactory(parent=ward), head="A Ly")
    illness = SupportKindFactory(name="Thuốc điều trị", tells_of_health=True)
    for one in (household, other):
        SupportFactory(household=one)
    SupportFactory(household=other, kind=illness, amount=300_000)
    SupportFactory(household=household, delivered_on=date(2025, 12, 31))

    found = published_supports(ward, *YEAR_2026, coordinator)

    assert (found.delivered, found.named, found.in_totals, found.is_whole) == (3, 2, 1, True)
    assert [(each.kind, each.supports, each.amount) for each in found.totals] == [
        (illness, 1, 300_000)
    ]
    page = text_of(client_of(reporter).get(SUPPORTS, {"year": "2026", "quarter": "1"}))
    assert "Có đủ 100%: 2 ghi theo tên, 1 ghi theo tổng số" in page
    assert page.count("A Ly") == 1
    answer = client_of(coordinator).post(
        reverse("reports:publicity_file", args=["supports", 2026, 0, "xlsx"])
    )
    book = load_workbook(io.BytesIO(answer.content))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"Y Hữu Nam", "A Ly", "Thuốc điều trị"} <= texts
    assert client_of(coordinator).get(SUPPORTS, {"quarter": "5"}).status_code == 200


def test_a_listing_too_long_for_a_request_is_laid_out_by_the_worker(
    village, coordinator, client_of, monkeypatch
):
    household = HouseholdFactory(village=village, head="Y Hữu Nam")
    SupportFactory(household=household, delivered_on=date(2026, 3, 2))
    client = client_of(coordinator)
    address = reverse("reports:publicity_file", args=["supports", 2026, 0, "pdf"])
    at_once = client.post(address)
    monkeypatch.setattr(frame, "LONG_PAPER", 0)

    begun = client.post(address)

    job = Job.objects.get()
    assert begun.url == reverse("core:job_detail", args=[job.pk])
    jobs.run(job)
    file = client.get(f"{begun.url}file/")
    assert file["Content-Disposition"] == at_once["Content-Disposition"]
    assert "Y Hữu Nam" in " ".join(page.text for page in read_pages(file.content))


def test_the_plan_asks_the_same_however_many_publications_there_are(
    ward, coordinator, decision, rule, client_of
):
    client = client_of(coordinator)
    sums = []
    for _ in range(2):
        PublicationFactory(
            ward=ward,
            rule=rule,
            occasion=f"decision-{decision.pk}",
            happened_on=decision.decided_on,
            posted_from=date(2026, 11, 4),
        )
        _page, asked = questions(lambda: client.get(PLAN))
        _list, listed = questions(lambda: client.get(reverse("projects:publication_list")))
        sums.append((sum(asked.values()), sum(listed.values())))

    assert sums[0] == sums[1]
    answer = client.post(reverse("reports:publicity_file", args=["publications", 2026, 4, "xlsx"]))
    assert answer.status_code == 200


def test_the_longest_names_fit_what_is_written_down(ward, village, coordinator, client_of):
    kind = SupportKindFactory(code="a" * 29, name="Đ" * 200)
    rule = PublicationRuleFactory(trigger=PublicationTrigger.AFTER_GIFT, name="Q" * 200)
    household = HouseholdFactory(village=village)
    SupportFactory(household=household, kind=kind, delivered_on=date(2026, 3, 10))
    address = reverse("projects:publication_new", args=[2026, rule.pk, f"{kind.code}_2026-03-10"])
    sent = {"key": str(uuid4()), "posted_from": "11/03/2026", "evidence": "Biên bản"}
    assert client_of(coordinator).post(address, sent).status_code == 302
    assert len(Publication.objects.get().occasion_label) == 250


def test_donated_money_is_published_with_what_was_given_of_it(
    ward, village, coordinator, client_of
):
    PublicationRuleFactory(trigger=PublicationTrigger.DONATIONS)
    DonationFactory(ward=ward, amount=5_000_000, dated=date(2026, 2, 2))
    spent = {"way": "out", "party": "Hộ Y Hai", "purpose": "Sửa nhà", "goods": "50 tấm tôn"}
    DonationFactory(ward=ward, amount=1_200_000, dated=date(2026, 5, 4), **spent)
    DonationFactory(ward=WardFactory(), party="Ở phường khác", dated=date(2026, 5, 4))
    kind = SupportKindFactory(name="Tặng bò")
    gift = {"delivered_on": date(2026, 5, 5), "source": BudgetSource.MOBILISED}
    SupportFactory(household=HouseholdFactory(village=village), kind=kind, amount=9_000, **gift)
    client = client_of(coordinator)

    plan = client.get(PLAN, {"year": "2026"}).content.decode()
    page = words_of(client.get(SUPPORTS, {"year": "2026", "quarter": "2"}))
    file = client.post(reverse("reports:publicity_file", args=["donations", 2026, 2, "xlsx"]))

    assert f"{SUPPORTS}?year=2026&quarter=2#donations" in plan
    book = load_workbook(io.BytesIO(file.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "5.000.000 0 1.200.000 3.800.000" in page
    assert {"5000000", "1200000", "3800000", "Tặng bò"} <= set(cells)
    assert "Sửa nhà; hiện vật: 50 tấm tôn" in cells
    for text in (page, " ".join(cells)):
        assert "Hộ Y Hai" in text
        assert "Ở phường khác" not in text


def test_a_reversed_entry_is_not_published(ward, coordinator, client_of):
    entry = DonationFactory(ward=ward, party="Ghi nhầm", dated=date(2026, 5, 4))
    reverse_donation(entry=entry, reason="Ghi nhầm", by=coordinator)

    page = text_of(client_of(coordinator).get(SUPPORTS, {"year": "2026", "quarter": "2"}))

    assert "Ghi nhầm" not in page
