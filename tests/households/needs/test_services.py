"""Recording what households need, ending a need, and the kinds that are asked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from households.asking.services import NeedAnswer, NeedNamed, record_needs
from households.choices import ClosingReason, NeedOutcome
from households.models import NeedInquiry, NeedKind, SupportNeed
from households.needs.services.ending import NeedEnd, end_need, end_served_needs
from households.needs.services.kinds import NeedKindInput, add_need_kind, change_need_kind
from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from tests.concurrency.crowd import together
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    InquiryFactory,
    NeedFactory,
    NeedKindFactory,
    PersonFactory,
    ReviewFactory,
)

DAY = date(2026, 11, 2)


def answer(household, *named, **changes):
    return NeedAnswer(household=household, asked_on=DAY, named=tuple(named), **changes)


def record(household, *answers, **values):
    return record_needs(ward=household.ward, answers=answers, **{"by": None, **values})


def test_an_answer_is_kept_with_its_needs(household, child, credit, training, coordinator):
    named = (NeedNamed(credit), NeedNamed(training, child), NeedNamed(credit))

    inquiry = record(household, answer(household, *named, note=" nuôi bò "), by=coordinator)

    assert (inquiry.asked_on, inquiry.has_needs) == (DAY, True)
    needs = SupportNeed.objects.values_list("kind__name", "person__full_name", "note")
    assert set(needs) == {("Vay vốn", None, "nuôi bò"), ("Học nghề", "Đặng Văn Nam", "nuôi bò")}
    assert "Hộ HN-01: Vay vốn, Học nghề" in AuditEvent.objects.latest("pk").summary


def test_asked_and_none_is_kept_apart_from_not_asked(household, neighbour):
    record(household, answer(household, is_none=True))

    assert NeedInquiry.objects.get().has_needs is False
    assert not NeedInquiry.objects.filter(household=neighbour).exists()
    assert "không có nhu cầu" in AuditEvent.objects.latest("pk").summary


def test_a_need_knows_the_deprivation_it_comes_from(household, credit, coordinator):
    campaign = CampaignFactory(ward=household.ward)
    review = ReviewFactory(
        campaign=campaign,
        household=household,
        state="done",
        deprived_09=True,
        income_score=110,
        deprivation_score=30,
        computed_class="poor",
        recorded_class="poor",
        updated_by=coordinator,
        updated_at=clock.now(),
    )
    (water,) = review.campaign.standard.indicators.filter(number=9)
    kind = NeedKindFactory(name="Nước")
    kind.indicators.add(water)

    record(household, answer(household, NeedNamed(kind), NeedNamed(credit)))

    assert SupportNeed.objects.get(kind=kind).indicator == water
    assert SupportNeed.objects.get(kind=credit).indicator is None


def test_all_faults_are_said_at_once_and_nothing_is_saved(household, neighbour, credit, training):
    NeedFactory(household=household, kind=credit, asked_on=date(2026, 3, 2))
    stranger = PersonFactory(ward=household.ward, full_name="Y Nam")
    neighbour.closed_on, neighbour.closing_reason = DAY, ClosingReason.MOVED_OUT
    neighbour.save()
    elsewhere = HouseholdFactory(village=VillageFactory(parent=WardFactory()))
    answers = (
        answer(household, NeedNamed(credit), NeedNamed(training), NeedNamed(training, stranger)),
        answer(neighbour, is_none=True),
        answer(elsewhere, is_none=True),
        NeedAnswer(household, date(2027, 1, 1), is_none=True),
    )

    with pytest.raises(ValidationError) as refused:
        record(household, *answers)

    said = " ".join(refused.value.messages)
    for part in (
        "đã ghi từ ngày 02/03/2026",
        "chọn người có nhu cầu",
        "Học nghề (Y Nam): không phải thành viên",
        "Hộ HN-02: Hộ đã ra khỏi sổ",
        "không thuộc phường, xã này",
        "không được sau ngày hôm nay",
        "còn 1 nhu cầu chưa kết thúc",
    ):
        assert part in said
    assert SupportNeed.objects.count() == 1
    assert not NeedInquiry.objects.exists()


def test_a_kind_of_another_ward_is_refused(household):
    kind = NeedKindFactory(ward=WardFactory(), code="")

    with pytest.raises(ValidationError, match="không thuộc danh mục"):
        record(household, answer(household, NeedNamed(kind)))


def test_a_form_that_is_sent_twice_records_once(household, credit, coordinator):
    key = "5f0c6f3e-1111-4222-8333-444455556666"
    sent = {"key": key, "by": coordinator}

    first, second = (
        record(household, answer(household, NeedNamed(credit)), **sent) for _ in range(2)
    )

    assert first == second
    assert SupportNeed.objects.count() == 1


def test_a_need_ends_once_with_day_and_reason(household, credit, coordinator):
    need = NeedFactory(household=household, kind=credit)
    end = {"need": need, "outcome": NeedOutcome.SERVED, "by": coordinator, "version": 1}

    with pytest.raises(ValidationError) as refused:
        end_need(on=date(2026, 1, 1), reason=" ", **end)
    assert set(refused.value.message_dict) == {"on", "reason"}

    ended = end_need(on=DAY, reason="Đã vay", **end)

    assert (ended.ended_on, ended.outcome) == (DAY, NeedOutcome.SERVED)
    assert AuditEvent.objects.latest("pk").reason == "Đã vay"
    with pytest.raises(ValidationError, match="đã kết thúc"):
        end_need(on=DAY, reason="Lần nữa", **end)
    record(household, answer(household, NeedNamed(credit)))
    assert SupportNeed.objects.open().count() == 1


def test_many_needs_end_together_or_not_at_all(household, neighbour, credit):
    needs = [NeedFactory(household=each, kind=credit) for each in (household, neighbour)]
    ends = [NeedEnd(need, 1, DAY, NeedOutcome.SERVED, "Đã vay") for need in needs]
    late = NeedEnd(needs[1], 1, date(2027, 1, 1), NeedOutcome.SERVED, "Đã vay")

    with pytest.raises(ValidationError, match="HN-02"):
        end_served_needs(ward=household.ward, ends=[ends[0], late], by=None)
    assert SupportNeed.objects.open().count() == 2

    end_served_needs(ward=household.ward, ends=ends, by=None)
    assert not SupportNeed.objects.open().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"ended_on": DAY},
        {"ended_on": date(2026, 1, 1), "outcome": "served", "end_reason": "x"},
        {"source": "mẹ kể"},
    ],
)
def test_the_database_refuses_a_need_that_cannot_be(household, credit, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedFactory(household=household, kind=credit, **wrong)


def test_the_database_refuses_the_same_open_need_twice(household, child, credit, training):
    for named in ({"kind": credit}, {"kind": training, "person": child}):
        NeedFactory(household=household, **named)
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedFactory(household=household, **named)


def test_triggers_refuse_what_no_constraint_can(household, child, credit, training):
    ended = {"ended_on": DAY, "outcome": NeedOutcome.SERVED, "end_reason": "Đã vay"}
    need = NeedFactory(household=household, kind=credit, **ended)
    elsewhere = NeedKindFactory(ward=WardFactory(), code="")
    wrong = (
        lambda: NeedFactory(household=household, kind=training),
        lambda: NeedFactory(household=household, kind=credit, person=child),
        lambda: NeedFactory(household=household, kind=elsewhere),
        lambda: NeedFactory(household=household, kind=credit, ward=elsewhere.ward),
        lambda: InquiryFactory(household=household, ward=elsewhere.ward),
        lambda: SupportNeed.objects.filter(pk=need.pk).update(end_reason="Lý do khác"),
    )
    for write in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_a_ward_adds_and_stops_kinds_of_its_own(ward, credit, coordinator):
    details = NeedKindInput("Nuôi ong", for_persons=False)
    kind = add_need_kind(ward=ward, details=details, by=coordinator)
    with pytest.raises(ValidationError, match="Đã có loại nhu cầu"):
        add_need_kind(ward=ward, details=NeedKindInput("vay vốn", False), by=coordinator)
    with pytest.raises(ValidationError, match="dùng chung"):
        change_need_kind(kind=credit, details=details, version=1, by=coordinator)

    stopped = NeedKindInput("Nuôi ong", for_persons=False, is_offered=False)
    change_need_kind(kind=kind, details=stopped, version=1, by=coordinator)

    assert kind not in NeedKind.objects.of_ward(ward).offered()
    assert kind not in NeedKind.objects.of_ward(WardFactory())


def test_a_shared_name_stands_once(credit):
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedKindFactory(name=credit.name)


def test_the_shared_kinds_say_what_they_remove(db):
    call_command("load_reference", verbosity=0)

    water = NeedKind.objects.get(code="nuoc")
    assert set(water.indicators.values_list("number", flat=True)) == {9}
    assert NeedKind.objects.get(code="vay-von").support_kinds.get().code == "tin-dung"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_kind_that_two_add_at_once_is_added_once(ward, coordinator):
    def add():
        try:
            return add_need_kind(ward=ward, details=NeedKindInput("Bò", False), by=coordinator)
        except ValidationError:
            return None

    added = together([add] * 4)

    assert sum(kind is not None for kind in added) == 1
