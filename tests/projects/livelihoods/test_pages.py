"""Livelihood projects on screen: begun, carried through their steps, counted."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.choices import PovertyClass
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from projects.choices import LivelihoodStage as Stage
from projects.models import Livelihood, LivelihoodMember, LivelihoodStep
from reports.figures.queries.catalogue import NAMED_QUERIES
from reports.figures.registry import FigureRegistry
from tests.factories.core import UnitFactory, VillageFactory, user_with
from tests.factories.households import HouseholdFactory, StatusFactory
from tests.factories.projects import (
    LivelihoodFactory,
    LivelihoodMemberFactory,
    LivelihoodProcedureFactory,
    LivelihoodStepFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, text_of, words_of

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
TYPED = {"key": KEY, "kind": "community", "name": "Nuôi dê", "year_from": "2026", "year_to": "2027"}


@pytest.fixture
def row(ward):
    return WardProjectFactory(ward=ward)


@pytest.fixture
def livelihood(row):
    LivelihoodProcedureFactory()
    return LivelihoodFactory(ward_project=row, name="Nuôi bò")


@pytest.fixture
def poor(village):
    household = HouseholdFactory(village=village, code="HN-01", head="Đặng Thị Ủy")
    StatusFactory(household=household, poverty_class=PovertyClass.POOR)
    return household


def page(view, *args):
    return reverse(f"projects:livelihood_{view}", args=args)


def walk(livelihood, *stages):
    """The steps up to some stage, a week apart from 01/09/2026 on."""
    return [
        LivelihoodStepFactory(livelihood=livelihood, stage=stage, on=date(2026, 9, 1 + 7 * at))
        for at, stage in enumerate(stages)
    ]


def test_the_coordinator_begins_one_and_the_project_shows_it(row, coordinator, client_of):
    client = client_of(coordinator)

    answer = client.post(page("new", row.pk, 2026), TYPED, follow=True)

    assert heading_of(answer) == "Nuôi dê"
    shown = text_of(
        client.get(reverse("projects:project_detail", args=[row.project_id]) + "?year=2026")
    )
    assert "Nuôi dê" in shown
    assert "Đang lập hồ sơ" in shown
    assert AuditEvent.objects.filter(object_type="projects.livelihood").count() == 1


def test_sent_twice_it_is_one(row, coordinator, client_of):
    for _ in range(2):
        client_of(coordinator).post(page("new", row.pk, 2026), TYPED)

    assert Livelihood.objects.count() == 1


def test_years_outside_the_project_and_a_second_name_are_told_at_once(row, coordinator, client_of):
    LivelihoodFactory(ward_project=row, name="Nuôi dê", year_from=2026)

    with nothing_written():
        answer = client_of(coordinator).post(page("new", row.pk, 2026), TYPED | {"year_to": "2031"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "year_to"}
    assert 'value="Nuôi dê"' in answer.content.decode()


def test_another_unit_reads_and_does_not_write(livelihood, ward, client_of):
    client = client_of(user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward)))

    shown = text_of(client.get(page("detail", livelihood.pk)))
    refused = client.get(page("step", livelihood.pk))

    assert "Thêm thành viên" not in shown
    assert heading_of(refused) == NO_RIGHT


def test_the_unit_that_leads_the_project_writes(livelihood, ward, row, client_of):
    unit = UnitFactory(ward=ward)
    ProjectUnitFactory(ward_project=row, unit=unit, year_from=2026, year_to=2026)
    client = client_of(user_with(Role.UNIT_REPORTER, ward, unit=unit))

    client.post(page("step", livelihood.pk), {"key": KEY, "stage": "announced", "on": "02/03/2026"})

    assert LivelihoodStep.objects.get().stage == Stage.ANNOUNCED


def test_a_stranger_finds_none(livelihood, stranger, client_of):
    assert heading_of(client_of(stranger).get(page("detail", livelihood.pk))) == NOT_FOUND


def test_households_join_by_their_code_and_others_by_name(livelihood, poor, coordinator, client_of):
    client = client_of(coordinator)
    day = {"joined_on": "02/03/2026"}

    client.post(page("member_new", livelihood.pk), day | {"key": KEY, "code": "hn-01"})
    other = day | {"key": KEY.replace("6f", "7f"), "name": "Hợp tác xã Đăk Cấm"}
    answer = client.post(page("member_new", livelihood.pk), other, follow=True)

    shown = text_of(answer)
    assert "Đặng Thị Ủy" in shown
    assert "Hợp tác xã Đăk Cấm" in shown
    assert "2 (1 thuộc diện của chương trình)" in shown


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "code", "Nhập mã hộ, hoặc tên bên tham gia khác."),
        ({"code": "HN-99"}, "code", "Phường, xã không có hộ mã này."),
        ({"code": "HN-01", "name": "Ai"}, "name", "Chỉ nhập một trong hai"),
        ({"code": "HN-01", "joined_on": "31/12/2099"}, "joined_on", "Ngày này chưa đến."),
    ],
)
def test_a_wrong_member_is_refused_at_its_field(
    livelihood, poor, coordinator, client_of, typed, field, sentence
):
    values = {"key": KEY, "joined_on": "02/03/2026"} | typed

    with nothing_written():
        answer = client_of(coordinator).post(page("member_new", livelihood.pk), values)

    assert sentence in str(answer.context["form"].errors[field])


def test_the_page_of_a_household_names_what_it_takes_part_in(
    livelihood, poor, coordinator, client_of
):
    LivelihoodMemberFactory(livelihood=livelihood, household=poor)

    address = reverse("households:household_detail", args=[poor.pk])
    shown = text_of(client_of(coordinator).get(address))

    assert page("detail", livelihood.pk) in shown


def test_a_village_head_sees_the_households_of_the_village_alone(
    livelihood, poor, ward, village_head, client_of
):
    LivelihoodMemberFactory(livelihood=livelihood, household=poor)
    elsewhere = HouseholdFactory(village=VillageFactory(parent=ward), head="Người Thôn Khác")
    LivelihoodMemberFactory(livelihood=livelihood, household=elsewhere)

    shown = text_of(client_of(village_head).get(page("detail", livelihood.pk)))

    assert "Đặng Thị Ủy" in shown
    assert "Người Thôn Khác" not in shown
    assert "1 hộ ở thôn, tổ dân phố khác không hiện ở đây." in shown


def test_a_member_leaves_with_a_reason_and_stays_in_the_list(
    livelihood, poor, coordinator, client_of
):
    member = LivelihoodMemberFactory(livelihood=livelihood, household=poor)

    answer = client_of(coordinator).post(
        page("member_end", member.pk),
        {"version": "1", "on": "01/06/2026", "reason": "Chuyển đi"},
        follow=True,
    )

    assert "Thôi từ 01/06/2026: Chuyển đi" in text_of(answer)


def test_steps_are_written_one_after_the_other(livelihood, poor, coordinator, client_of):
    LivelihoodMemberFactory(livelihood=livelihood, household=poor)
    walk(livelihood, Stage.ANNOUNCED, Stage.MEETING, Stage.ASSESSED, Stage.POSTED)
    client = client_of(coordinator)
    typed = {"key": KEY, "stage": "approved", "on": "23/09/2026", "document": "9/QĐ-UBND"}

    early = client.post(page("step", livelihood.pk), typed)
    approved = client.post(page("step", livelihood.pk), typed | {"on": "30/09/2026"}, follow=True)

    assert "đủ 5 ngày làm việc" in str(early.context["form"].errors["note"])
    assert "Đang thực hiện" in text_of(approved)


def test_only_the_last_step_is_taken_back(livelihood, coordinator, client_of):
    first, last = walk(livelihood, Stage.ANNOUNCED, Stage.MEETING)
    client, sent = client_of(coordinator), {"version": "1", "reason": "Ghi nhầm ngày"}

    refused = client.post(page("step_withdraw", first.pk), sent)
    client.post(page("step_withdraw", last.pk), sent)

    assert "Chỉ bỏ được bước ghi sau cùng" in text_of(refused)
    assert list(LivelihoodStep.objects.standing()) == [first]


def test_one_that_was_stopped_takes_no_more_steps(livelihood, coordinator, client_of):
    client = client_of(coordinator)
    values = {"version": "1", "on": "01/10/2026", "reason": "Dịch bệnh"}

    stopped = client.post(page("stop", livelihood.pk), values, follow=True)

    assert "Lý do: Dịch bệnh" in text_of(stopped)
    assert heading_of(client.get(page("step", livelihood.pk))) == NOT_FOUND


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (LivelihoodStep, {"on": date(2026, 1, 1)}),
        (LivelihoodMember, {"name": "Khác"}),
        (Livelihood, {"kind": "task"}),
    ],
)
def test_the_database_keeps_what_was_written(livelihood, model, values):
    walk(livelihood, Stage.ANNOUNCED)
    LivelihoodMemberFactory(livelihood=livelihood, name="Hợp tác xã")

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize("model", [LivelihoodStep, LivelihoodMember])
def test_the_database_deletes_nothing(livelihood, model):
    walk(livelihood, Stage.ANNOUNCED)
    LivelihoodMemberFactory(livelihood=livelihood, name="Hợp tác xã")

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_the_database_refuses_a_household_of_another_ward(livelihood):
    with pytest.raises(DatabaseError), transaction.atomic():
        LivelihoodMemberFactory(livelihood=livelihood, household=HouseholdFactory())


def test_targets_count_what_was_carried_out(livelihood, poor, row, ward):
    LivelihoodMemberFactory(livelihood=livelihood, household=poor)
    LivelihoodMemberFactory(livelihood=livelihood, name="Hợp tác xã")
    walk(livelihood, Stage.ANNOUNCED, Stage.MEETING, Stage.ASSESSED, Stage.POSTED, Stage.APPROVED)
    walk(LivelihoodFactory(ward_project=row, name="Chưa duyệt"), Stage.ANNOUNCED)
    book = FigureRegistry(ward=ward, until=date(2026, 11, 19))

    models = NAMED_QUERIES["livelihoods_running"].find(book, 2026)
    households = NAMED_QUERIES["livelihood_households"].find(book, 2026)

    assert models.counted == {livelihood.pk}
    assert households.counted == {poor.pk}
    assert book.figure("livelihoods_running", 2026).value == 1


def test_where_nothing_was_approved_there_is_no_number(livelihood, ward):
    figure = FigureRegistry(ward=ward, until=date(2026, 11, 19)).figure("livelihoods_running", 2026)

    assert figure.value is None
    assert figure.reason == "Chưa ghi mô hình nào được phê duyệt đến hết năm 2026."


def test_a_long_list_takes_no_more_queries(row, village, coordinator, client_of):
    client, counts = client_of(coordinator), []
    for more in (1, 2):
        for _ in range(more):
            one = LivelihoodFactory(ward_project=row)
            LivelihoodMemberFactory(
                livelihood=one, household=HouseholdFactory(village=village, head="Ai")
            )
            walk(one, Stage.ANNOUNCED)
        client.get(page("list") + "?year=2026")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page("list") + "?year=2026")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_times_of_the_procedure_are_told_where_a_step_is_written(
    livelihood, poor, coordinator, client_of
):
    walk(livelihood, Stage.ANNOUNCED, Stage.MEETING, Stage.ASSESSED)
    client = client_of(coordinator)

    posting = words_of(client.get(page("step", livelihood.pk)))
    LivelihoodStepFactory(livelihood=livelihood, stage=Stage.POSTED, on=date(2026, 9, 17))
    approving = words_of(client.get(page("step", livelihood.pk)))

    assert "trong 5 ngày làm việc sau khi thẩm định, chậm nhất 22/09/2026" in posting
    assert "Công khai 5 ngày làm việc, đến hết ngày 24/09/2026" in approving
    assert "phê duyệt sớm hơn thì nêu lý do" in approving


@pytest.fixture
def earlier(row, coordinator):
    """One of 2025 and 2026, announced; the figures of 2025 are locked."""
    row.year_from = 2025
    row.save()
    one = LivelihoodFactory(ward_project=row, name="Nuôi bò", year_from=2025, year_to=2026)
    LivelihoodStepFactory(livelihood=one, on=date(2025, 3, 2))
    LivelihoodMemberFactory(livelihood=one, name="Hợp tác xã", joined_on=date(2025, 3, 2))
    lock_period(ward=row.ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)
    return one


def test_nothing_of_a_locked_year_changes(earlier, coordinator, client_of):
    member = earlier.members.get()
    client = client_of(coordinator)
    ended = {"on": "05/10/2025", "reason": "Chuyển đi"}
    joined = {"key": KEY, "name": "Hộ khác", "joined_on": "05/10/2025"}

    with nothing_written():
        answers = [
            client.post(page("member_new", earlier.pk), joined),
            client.post(page("member_end", member.pk), ended | {"version": member.version}),
            client.post(page("stop", earlier.pk), ended | {"version": earlier.version}),
        ]

    for answer in answers:
        assert "Số liệu năm 2025 đã khóa" in text_of(answer)


def test_a_locked_year_does_not_leave_the_term(row, earlier, coordinator, client_of):
    row.year_from = 2024
    row.save()
    one = LivelihoodFactory(ward_project=row, name="Nuôi gà", year_from=2024, year_to=2026)
    LivelihoodStepFactory(livelihood=one, on=date(2024, 3, 2))
    sent = {"name": "Nuôi gà", "kind": one.kind, "version": one.version, "year_from": "2024"}

    with nothing_written():
        answer = client_of(coordinator).post(page("edit", one.pk), sent | {"year_to": "2024"})

    (told,) = answer.context["form"].errors["year_to"]
    assert told.startswith("Số liệu năm 2025 đã khóa (")


@pytest.fixture
def counted(row, coordinator):
    """One of 2024 to 2026, approved in 2024; the figures of 2025 are locked."""
    row.year_from = 2024
    row.save()
    one = LivelihoodFactory(ward_project=row, name="Nuôi cá", year_from=2024, year_to=2026)
    LivelihoodStepFactory(livelihood=one, stage=Stage.APPROVED, on=date(2024, 9, 2))
    LivelihoodMemberFactory(livelihood=one, name="Hợp tác xã", joined_on=date(2024, 9, 2))
    lock_period(ward=row.ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)
    return one


def test_who_joins_or_leaves_before_a_locked_year_would_change_its_count(
    counted, coordinator, client_of
):
    member, client = counted.members.get(), client_of(coordinator)
    day = {"on": "05/10/2024", "reason": "Chuyển đi"}

    with nothing_written():
        answers = [
            client.post(
                page("member_new", counted.pk),
                {"key": KEY, "name": "Hộ khác", "joined_on": "05/10/2024"},
            ),
            client.post(page("member_end", member.pk), day | {"version": member.version}),
            client.post(page("stop", counted.pk), day | {"version": counted.version}),
        ]

    for answer in answers:
        assert "Số liệu năm 2025 đã khóa" in text_of(answer)


def test_after_a_locked_year_one_joins(counted, coordinator, client_of):
    typed = {"key": KEY, "name": "Hộ khác", "joined_on": "05/10/2026"}

    client_of(coordinator).post(page("member_new", counted.pk), typed)

    assert counted.members.count() == 2


def test_the_database_keeps_who_counts_in_a_locked_year(counted):
    changes = [
        lambda: LivelihoodMemberFactory(
            livelihood=counted, name="Hộ khác", joined_on=date(2024, 10, 5)
        ),
        lambda: counted.members.update(left_on=date(2024, 10, 5), leave_reason="Chuyển đi"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="khóa"), transaction.atomic():
            change()


def test_the_database_keeps_the_steps_of_a_locked_year(earlier):
    with pytest.raises(DatabaseError, match="khóa"), transaction.atomic():
        LivelihoodStepFactory(livelihood=earlier, stage=Stage.MEETING, on=date(2025, 4, 2))


def test_no_step_and_no_member_is_of_long_before_the_term(livelihood, coordinator, client_of):
    client = client_of(coordinator)
    step = {"key": KEY, "stage": Stage.ANNOUNCED, "on": "31/12/2024"}
    member = {"key": KEY, "name": "Hợp tác xã", "joined_on": "01/01/1900"}

    with nothing_written():
        first = client.post(page("step", livelihood.pk), step)
        second = client.post(page("member_new", livelihood.pk), member)

    assert set(first.context["form"].errors) == {"on"}
    assert set(second.context["form"].errors) == {"joined_on"}


def test_a_paper_that_a_step_takes_is_not_called_optional(livelihood, coordinator, client_of):
    client = client_of(coordinator)

    announcing = words_of(client.get(page("step", livelihood.pk)))
    walk(livelihood, Stage.ANNOUNCED)
    meeting = words_of(client.get(page("step", livelihood.pk)))

    assert "Văn bản, biên bản (không bắt buộc)" in announcing
    assert "Văn bản, biên bản (không bắt buộc)" not in meeting
