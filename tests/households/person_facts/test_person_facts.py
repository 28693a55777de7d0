"""Insurance and schooling of persons: one household, a list, Excel; not asked is not a no."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from households.choices import FactAnswer, PovertyClass, ReviewState
from households.models import Person, PersonFact, Review
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform import versions
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactFactory,
    ReviewFactory,
    StatusFactory,
)
from tests.pages import NOT_FOUND, heading_of, text_of
from tests.projects.registers import workbook

LIST = reverse("households:fact_list")
READ = reverse("households:fact_register_import")
SAVE = reverse("households:fact_register_import_save")
ROW = {
    "Mã hộ": "HN-01",
    "Họ và tên": "Đặng Thị Ủy",
    "Bảo hiểm y tế": "Có",
    "Thẻ dùng đến ngày": "31/12/2026",
    "Đi học": "",
    "Cấp học": "",
    "Số liệu ngày": "05/03/2026",
    "Nguồn": "Thẻ, giấy tờ đã xem",
}


@pytest.fixture
def household(village):
    household = HouseholdFactory(village=village, code="HN-01", head="Đặng Thị Ủy")
    StatusFactory(household=household)
    return household


@pytest.fixture
def child(household):
    child = MembershipFactory(
        household=household, person__full_name="Y Nam", person__birth_date=date(2016, 5, 1)
    )
    return child.person


@pytest.fixture
def keeping(coordinator, client_of):
    return client_of(coordinator)


def head_of(household):
    return household.memberships.get(is_head=True).person


def sheet(person, **values):
    told = {"insurance": "", "valid_to": "", "schooling": "", "level": "", **values}
    return {f"p{person.pk}-{name}": value for name, value in told.items()}


def told(**values):
    return {"as_of": "05/03/2026", "source": "household", "document": "", **values}


def send(client, *rows):
    return client.post(READ, {"file": SimpleUploadedFile("so.xlsx", workbook(*rows))})


def save(client, page):
    form = page.context["confirm"]
    return client.post(SAVE, {name: form[name].value() for name in form.fields}, follow=True)


def test_the_members_of_a_household_are_recorded_from_its_page(household, child, keeping):
    page = keeping.get(reverse("households:household_detail", args=[household.pk]))
    address = reverse("households:fact_household", args=[household.pk])
    assert address in page.content.decode()
    section = page.content.decode().partition('id="facts"')[2].partition("</section>")[0]
    assert section.count("Chưa hỏi") == 3  # two of insurance, the child's school

    sent = told() | sheet(head_of(household), insurance="yes", valid_to="31/12/2026")
    sent |= sheet(child, insurance="no", schooling="yes", level="primary")
    answer = keeping.post(address, sent, follow=True)

    assert "Đã ghi cho 2 người." in text_of(answer)
    facts = {(fact.person_id, fact.topic): fact for fact in PersonFact.objects.all()}
    assert facts[head_of(household).pk, "insurance"].valid_to == date(2026, 12, 31)
    assert facts[child.pk, "insurance"].answer == "no"
    assert facts[child.pk, "schooling"].level == "primary"
    assert "Y Nam" not in AuditEvent.objects.latest("pk").summary
    again = text_of(keeping.post(address, sent, follow=True))
    assert versions.NOTHING_CHANGED in again
    assert PersonFact.objects.count() == 3


def test_the_same_day_again_is_a_correction(household, keeping):
    PersonFactFactory(household=household, answer=FactAnswer.NO, as_of=date(2026, 3, 5))
    address = reverse("households:fact_household", args=[household.pk])

    keeping.post(address, told() | sheet(head_of(household), insurance="yes"))

    fact = PersonFact.objects.get()
    assert (fact.answer, fact.version) == ("yes", 2)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"valid_to": "31/12/2026"}, "Chọn Có, Không hoặc Chưa rõ."),
        ({"insurance": "no", "valid_to": "31/12/2026"}, "Chỉ ghi hạn thẻ cho người có thẻ"),
        ({"insurance": "yes", "valid_to": "01/03/2026"}, "Hạn thẻ không được trước ngày số liệu"),
        ({"schooling": "no", "level": "primary"}, "Chỉ ghi cấp học cho người đang đi học."),
        ({"insurance": "maybe"}, "maybe"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_saved(household, child, keeping, values, sentence):
    address = reverse("households:fact_household", args=[household.pk])

    answer = keeping.post(address, told() | sheet(child, **values))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not PersonFact.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("21/11/2030", "Ngày số liệu không được sau hôm nay."),
        ("01/01/1990", "không phải thành viên của hộ vào ngày 01/01/1990"),
    ],
)
def test_a_day_that_cannot_be_is_named(household, keeping, day, sentence):
    address = reverse("households:fact_household", args=[household.pk])

    answer = keeping.post(address, told(as_of=day) | sheet(head_of(household), insurance="yes"))

    assert sentence in text_of(answer)
    assert not PersonFact.objects.exists()


def test_a_village_is_recorded_by_list_who_was_not_asked_first(household, child, village, keeping):
    PersonFactFactory(household=household)
    address = reverse("households:fact_village", args=[village.pk])

    page = keeping.get(address)
    assert "1 người chưa hỏi hoặc phải hỏi lại trong 2 người" in text_of(page)
    assert next(form.line.person for form in page.context["form"].lines) == child
    keeping.post(address, told() | sheet(child, insurance="yes"))

    assert PersonFact.objects.filter(person=child, answer="yes").exists()
    school = keeping.get(address, {"topic": "schooling"})
    assert [form.line.person for form in school.context["form"].lines] == [child]


def test_who_was_asked_elsewhere_meanwhile_stays_on_the_page_that_is_sent(
    household, child, village, keeping, monkeypatch
):
    monkeypatch.setattr("households.person_facts.presenters.MOST_SHOWN", 1)
    address = reverse("households:fact_village", args=[village.pk])
    shown = keeping.get(address).context["form"].lines[0].line.person
    PersonFactFactory(household=household, person=shown, answer=FactAnswer.NO)

    keeping.post(address, told() | sheet(shown, insurance="yes"))

    assert PersonFact.objects.filter(person=shown, answer="yes").exists()


def test_the_list_counts_who_has_who_lacks_and_who_was_not_asked(household, child, keeping):
    PersonFactFactory(household=household, valid_to=date(2026, 6, 30))
    not_poor = HouseholdFactory(village=household.village)
    StatusFactory(household=not_poor, poverty_class=PovertyClass.NOT_POOR)

    words = text_of(keeping.get(LIST))
    assert "Có: 0" in words
    assert "Thẻ hết hạn, chưa hỏi lại: 1" in words
    assert "Chưa hỏi: 1" in words
    assert "trong 2 người" in words
    found = keeping.get(LIST, {"state": "not_asked"}).context["rows"]
    assert [line.person for line, _state, _fact in found] == [child]


def test_a_file_is_previewed_written_once_and_corrects(household, child, keeping):
    pupil = ROW | {"Họ và tên": "Y Nam", "Đi học": "Có", "Cấp học": "Tiểu học"}
    page = send(keeping, ROW, pupil)
    assert "Thêm 2 người" in text_of(page)
    assert not PersonFact.objects.exists()
    save(keeping, page)
    assert PersonFact.objects.count() == 3

    assert "Không có gì thay đổi" in text_of(send(keeping, ROW, pupil))
    changed = send(keeping, ROW | {"Bảo hiểm y tế": "Không", "Thẻ dùng đến ngày": ""})
    assert "Sửa 1 người" in text_of(changed)
    assert "bảo hiểm y tế: có, thẻ dùng đến 31/12/2026" in text_of(changed)
    save(keeping, changed)
    assert PersonFact.objects.get(person=head_of(household)).answer == "no"


def test_every_wrong_line_is_named_and_none_is_written(household, child, keeping):
    answer = send(
        keeping,
        ROW,
        ROW,
        ROW | {"Mã hộ": "HN-99"},
        ROW | {"Họ và tên": "Không Có Ai"},
        ROW | {"Họ và tên": "Y Nam", "Số liệu ngày": ""},
        ROW | {"Họ và tên": "Y Nam", "Bảo hiểm y tế": "chắc có"},
        ROW | {"Họ và tên": "Y Nam", "Thẻ dùng đến ngày": "01/01/2026"},
        ROW | {"Họ và tên": "Y Nam", "Bảo hiểm y tế": "", "Thẻ dùng đến ngày": "31/12/2026"},
        ROW | {"Họ và tên": "Y Nam", "Số liệu ngày": "01/02/1999", "Thẻ dùng đến ngày": ""},
    )

    words = text_of(answer)
    assert answer.status_code == 422
    for sentence in (
        "Dòng 3, cột “Họ và tên”: Người này đã có ở dòng 2.",
        "Dòng 4, cột “Mã hộ”: Không có hộ nào mang mã “HN-99”",
        "Dòng 5, cột “Họ và tên”: Hộ HN-01 không có thành viên nào tên “Không Có Ai”.",
        "Dòng 6, cột “Số liệu ngày”: Nhập ngày của số liệu.",
        "Dòng 7, cột “Bảo hiểm y tế”: Nhập một trong: Có; Không; Chưa rõ.",
        "Dòng 8, cột “Thẻ dùng đến ngày”: Hạn thẻ không được trước ngày số liệu (05/03/2026).",
        "Dòng 9, cột “Bảo hiểm y tế”: Ghi trả lời trước",
        "Dòng 10, cột “Họ và tên”: Y Nam không phải thành viên của hộ vào ngày 01/02/1999.",
    ):
        assert sentence in words
    assert not PersonFact.objects.exists()


def test_the_export_sent_back_changes_nothing(household, child, keeping):
    PersonFactFactory(household=household)
    PersonFactFactory(household=household, person=child, source="agency", document="DS 1")
    PersonFactFactory(
        household=household, person=child, topic="schooling", level="primary", source="school"
    )
    content = keeping.post(reverse("households:fact_export"), {"purpose": "report"}).content

    page = keeping.post(READ, {"file": SimpleUploadedFile("so.xlsx", content)})

    assert "Không có gì thay đổi" in text_of(page)


def test_a_locked_year_takes_nothing(household, ward, leader, keeping):
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)
    address = reverse("households:fact_household", args=[household.pk])
    sent = told(as_of="01/03/2025") | sheet(head_of(household), insurance="yes")

    answer = keeping.post(address, sent)

    assert "Số liệu năm 2025 đã khóa" in text_of(answer)
    fact = PersonFactFactory.build(
        household=household, ward=ward, person=head_of(household), as_of=date(2025, 3, 1)
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        fact.save()


def test_another_wards_household_is_not_found(household, stranger, client_of):
    keeping = client_of(stranger)

    for view, pk in (("fact_household", household.pk), ("fact_village", household.village_id)):
        address = reverse(f"households:{view}", args=[pk])
        assert heading_of(keeping.get(address)) == NOT_FOUND
        assert heading_of(keeping.post(address, told())) == NOT_FOUND


@pytest.fixture
def form(ward, household):
    campaign = CampaignFactory(ward=ward, year=2025)
    answers = {"income_score": 100, "deprivation_score": 0, "state": ReviewState.DONE}
    answers |= dict.fromkeys(("computed_class", "recorded_class"), PovertyClass.NEAR_POOR)
    return ReviewFactory(campaign=campaign, household=household, **answers)


def warned(household, keeping):
    page = text_of(keeping.get(reverse("households:household_detail", args=[household.pk])))
    return "Kiểm tra lại phiếu hoặc từng người" in page, page


@pytest.mark.parametrize("answer", ["no", "unclear", None])
def test_a_form_without_the_deprivation_is_compared_with_who_has_no_card(
    answer, household, child, form, keeping
):
    PersonFactFactory(household=household, person=head_of(household), answer="yes")
    if answer:
        PersonFactFactory(household=household, person=child, answer=answer)

    is_warned, page = warned(household, keeping)

    assert is_warned == (answer == "no")
    if is_warned:
        assert "không thiếu hụt chỉ số 4. Bảo hiểm y tế" in page
        assert "chưa có, chưa đúng: Y Nam" in page


@pytest.mark.parametrize("is_child_asked", [True, False])
def test_a_form_with_the_deprivation_is_contradicted_by_all_together(
    is_child_asked, household, child, form, keeping
):
    Review.objects.update(deprived_04=True, deprivation_score=10)
    persons = [head_of(household), *([child] if is_child_asked else [])]
    for person in persons:
        Person.objects.filter(pk=person.pk, birth_date=None).update(birth_date=date(1980, 1, 1))
        PersonFactFactory(household=household, person=person, answer="yes")

    assert warned(household, keeping)[0] == is_child_asked
    form.refresh_from_db()
    assert form.deprived_04


def test_a_child_not_at_school_speaks_against_the_form(household, child, form, keeping):
    PersonFactFactory(household=household, person=child, topic="schooling", answer="no")

    assert "6. Tình trạng đi học của trẻ em" in warned(household, keeping)[1]
