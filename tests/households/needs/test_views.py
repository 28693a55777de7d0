"""The pages of needs: one household's answer, a village's, the list, its file, ending."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse

from households.models import NeedInquiry, NeedKind, SupportNeed
from povertyplan.core.choices import Role
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import (
    HouseholdFactory,
    InquiryFactory,
    NeedFactory,
    StatusFactory,
)
from tests.pages import NOT_FOUND, heading_of, words_of
from tests.queries import questions

LIST = reverse("households:need_list")


def address(household):
    return reverse("households:need_household", args=[household.pk])


def sent(*chosen, **more):
    day = {"asked_on": "02/11/2026", "source": "officer"}
    return {"key": str(uuid4()), **day, "chosen": list(chosen), **more}


def test_needs_are_ticked_and_show_on_the_page_of_the_household(
    household, child, credit, training, client_of, coordinator
):
    client = client_of(coordinator)
    chosen = (str(credit.pk), f"{training.pk}-{child.pk}")

    answer = client.post(address(household), sent(*chosen))

    page = words_of(client.get(answer.url.partition("#")[0]))
    assert "Đang có nhu cầu" in page
    assert "Học nghề (Đặng Văn Nam), từ ngày 02/11/2026" in page
    assert "đã ghi" not in page
    form = words_of(client.get(address(household)))
    assert "Kết thúc nhu cầu Vay vốn" in form


def test_one_button_says_that_there_are_none(household, credit, client_of, coordinator):
    client = client_of(coordinator)
    assert "Chưa hỏi" in words_of(client.get(LIST))

    client.post(address(household), sent(none="on"))

    assert NeedInquiry.objects.get().has_needs is False
    page = words_of(client.get(LIST))
    assert "1 hộ không có nhu cầu" in page
    assert "0 hộ chưa hỏi trong 1 hộ" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"chosen": []}, "Đánh dấu ít nhất một nhu cầu"),
        ({"asked_on": "31/02/2026"}, "Nhập ngày theo dạng"),
        ({"asked_on": "01/01/2027"}, "không được sau ngày hôm nay"),
        ({"source": "chợ"}, "Chọn trong danh sách"),
        ({"chosen": ["99999"]}, "Danh sách vừa thay đổi"),
        ({"none": "on"}, "không đánh dấu nhu cầu nào"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    household, credit, client_of, coordinator, wrong, said
):
    good = sent(str(credit.pk), note="Nuôi bò")

    answer = client_of(coordinator).post(address(household), good | wrong)

    assert answer.status_code == 422
    page = words_of(answer)
    assert said in page
    assert 'value="Nuôi bò"' in answer.content.decode()
    if "chosen" not in wrong:
        assert f'value="{credit.pk}" checked' in answer.content.decode()
    assert not SupportNeed.objects.exists()


def test_the_same_need_twice_and_a_closed_household_are_refused(
    household, credit, client_of, coordinator
):
    NeedFactory(household=household, kind=credit)
    client = client_of(coordinator)

    again = client.post(address(household), sent(str(credit.pk)))
    assert "Vay vốn: đã ghi từ ngày 02/03/2026, chưa kết thúc." in words_of(again)

    household.closed_on, household.closing_reason = date(2026, 10, 1), "moved_out"
    household.save()
    closed = client.post(address(household), sent(none="on"))
    assert "Hộ đã ra khỏi sổ ngày 01/10/2026" in words_of(closed)


def test_households_of_another_ward_are_not_found(credit, client_of, coordinator):
    elsewhere = HouseholdFactory(village=VillageFactory(parent=WardFactory()))
    need = NeedFactory(household=elsewhere, kind=credit)
    client = client_of(coordinator)

    assert heading_of(client.post(address(elsewhere), sent(none="on"))) == NOT_FOUND
    end = reverse("households:need_end", args=[need.pk])
    assert heading_of(client.get(end)) == NOT_FOUND
    village = reverse("households:need_village", args=[elsewhere.village_id])
    assert heading_of(client.get(village)) == NOT_FOUND


def test_the_second_button_goes_on_with_the_next_that_was_not_asked(
    household, neighbour, credit, client_of, coordinator
):
    client = client_of(coordinator)

    first = client.post(address(household), sent(str(credit.pk), next="1"))
    assert first.url == address(neighbour)
    second = client.post(address(neighbour), sent(str(credit.pk), next="1"))

    assert second.url == f"{LIST}?village={household.village_id}"


def test_who_needs_nothing_is_recorded_and_the_next_is_asked(
    household, neighbour, credit, client_of, coordinator
):
    answer = client_of(coordinator).post(address(household), sent(none="on"), follow=True)

    assert answer.redirect_chain[-1][0] == address(neighbour)
    assert "Đã ghi hộ HN-01: không có nhu cầu." in words_of(answer)


def test_an_error_of_one_row_of_a_village_names_its_household(
    household, neighbour, credit, client_of, coordinator
):
    NeedFactory(household=household, kind=credit)
    url = reverse("households:need_village", args=[household.village_id])

    answer = client_of(coordinator).post(url, sent(f"{household.pk}-{credit.pk}"))

    assert "Hộ HN-01: Vay vốn: đã ghi từ ngày 02/03/2026" in words_of(answer)


def test_the_list_leads_to_what_they_received(household, credit, client_of, coordinator):
    NeedFactory(household=household, kind=credit)
    page = client_of(coordinator).get(LIST, {"village": household.village_id})

    gap = reverse("projects:need_gap")
    assert f'href="{gap}?village={household.village_id}"' in page.content.decode()


def test_a_village_is_ticked_in_rows(
    household, neighbour, credit, training, client_of, coordinator
):
    url = reverse("households:need_village", args=[household.village_id])
    client = client_of(coordinator)
    page = words_of(client.get(url))
    assert "2 hộ chưa hỏi trong 2 hộ" in page
    assert "Học nghề" not in page.partition("Chủ hộ")[2]

    nothing = client.post(url, sent())
    assert "Chưa đánh dấu nhu cầu của hộ nào." in words_of(nothing)
    both = sent(f"{household.pk}-{credit.pk}", none=[str(neighbour.pk)])
    assert client.post(url, both).status_code == 302

    assert SupportNeed.objects.get().household == household
    asked = NeedInquiry.objects.order_by("household__code").values_list("has_needs", flat=True)
    assert list(asked) == [True, False]


def test_a_village_of_many_that_is_sent_twice_is_recorded_once(
    household, neighbour, credit, client_of, coordinator, monkeypatch
):
    monkeypatch.setattr("households.needs.presenters.MOST_SHOWN", 1)
    url = reverse("households:need_village", args=[household.village_id])
    client = client_of(coordinator)
    ticks = sent(f"{household.pk}-{credit.pk}", key=client.get(url).context["form"]["key"].value())

    answers = [client.post(url, ticks) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert SupportNeed.objects.get().household == household


def test_the_list_is_filtered_and_leaves_as_a_file(
    household, neighbour, credit, client_of, coordinator
):
    NeedFactory(household=household, kind=credit)
    client = client_of(coordinator)

    found = client.get(LIST, {"state": "not_asked"}).context["page"]
    assert [line.household for line in found] == [neighbour]
    by_kind = client.get(LIST, {"kind": credit.pk}).context["page"]
    assert [line.household for line in by_kind] == [household]
    # Whatever is filtered: how many were not asked is said of all.
    of_kind = words_of(client.get(LIST, {"kind": credit.pk}))
    assert "1 hộ chưa hỏi trong 2 hộ" in of_kind
    assert "Chọn trong danh sách" in words_of(client.get(LIST, {"kind": "x"}))

    url = reverse("households:need_export")
    assert client.post(url, {}).status_code == 422
    answer = client.post(url, {"purpose": "report"})
    rows = _rows(answer)
    assert ("HN-01", "Vay vốn") in {(row[0], row[6]) for row in rows}
    assert ("HN-02", "Chưa hỏi") in {(row[0], row[4]) for row in rows}


def _rows(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return list(sheet.iter_rows(min_row=6, values_only=True))


def test_who_answered_before_is_counted_as_asked_and_needs_served_as_served(
    household, neighbour, credit, client_of, coordinator
):
    InquiryFactory(household=neighbour)
    served = {"outcome": "served", "ended_on": date(2026, 5, 1), "end_reason": "Đã vay"}
    NeedFactory(household=neighbour, kind=credit, **served)
    NeedFactory(household=household, kind=credit)

    page = client_of(coordinator).get(LIST)

    (count,) = page.context["counts"]
    assert (count.served, count.wanted, count.open_needs) == (1, 2, 1)
    assert "1/2 hộ có nhu cầu, 0 hộ chưa hỏi" in words_of(page)


def test_the_list_asks_the_same_whatever_its_length(village, credit, client_of, coordinator):
    client = client_of(coordinator)
    pages = [LIST, reverse("households:need_village", args=[village.pk])]

    def asked_with(*codes):
        for code in codes:
            household = HouseholdFactory(village=village, code=code)
            StatusFactory(household=household)
            NeedFactory(household=household, kind=credit)
        return [questions(lambda page=page: client.get(page))[1].total() for page in pages]

    asked_with("HN-0")  # the first visit of a session asks more
    assert asked_with("HN-1") == asked_with("HN-2", "HN-3")


def test_a_need_ends_on_its_page(household, credit, client_of, coordinator):
    need = NeedFactory(household=household, kind=credit)
    url = reverse("households:need_end", args=[need.pk])
    client = client_of(coordinator)
    end = {"version": 1, "outcome": "withdrawn", "on": "02/11/2026", "reason": "Không vay nữa"}

    wrong = client.post(url, end | {"on": "01/01/2027", "reason": "", "outcome": ""})
    assert {"reason", "outcome"} == set(wrong.context["form"].errors)
    client.post(url, end)

    page = words_of(client.get(reverse("households:household_detail", args=[household.pk])))
    assert "hộ rút nhu cầu" in page
    assert "Nhu cầu đã kết thúc ngày 02/11/2026." in words_of(
        client.post(url, end | {"version": 2})
    )


def test_an_observer_sees_no_needs(household, credit, client_of, ward):
    NeedFactory(household=household, kind=credit)
    client = client_of(user_with(Role.OBSERVER, ward))

    assert client.get(LIST).status_code == 403
    page = client.get(reverse("households:household_detail", args=[household.pk]))
    assert "Vay vốn" not in words_of(page)


def test_a_ward_keeps_its_own_kinds(credit, client_of, coordinator, ward):
    client = client_of(coordinator)
    new, kinds = reverse("households:need_kind_new"), reverse("households:need_kind_list")

    assert client.post(new, {"name": ""}).status_code == 422
    assert "Đã có loại nhu cầu tên này." in words_of(client.post(new, {"name": "VAY VỐN"}))
    client.post(new, {"name": "Nuôi ong"})
    kind = NeedKind.objects.get(ward=ward)
    url = reverse("households:need_kind_edit", args=[kind.pk])
    client.post(url, {"name": "Nuôi ong lấy mật", "version": 1})

    page = words_of(client.get(kinds))
    assert "Nuôi ong lấy mật Thôi dùng" in page
    shared = reverse("households:need_kind_edit", args=[credit.pk])
    assert heading_of(client.get(shared)) == NOT_FOUND
