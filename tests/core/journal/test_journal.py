"""The journal in words: who reads which entries, and what an entry says."""

from datetime import UTC, date, datetime

import pytest

from households.models import Person, Review
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit, history
from povertyplan.core.journal.access_log import record_access
from povertyplan.core.journal.presenters import (
    NOT_SHOWN,
    ChangedRow,
    FieldChange,
    label_of,
    present,
)
from povertyplan.core.models import AccessEvent, Area, AuditEvent, RowChange
from tests.factories.core import GrantFactory, UserFactory, VillageFactory, user_with
from tests.factories.households import HouseholdFactory, PersonFactory, ReviewFactory
from tests.pages import NO_RIGHT, heading_of

LIST, ACCESS = "/audit/", "/audit/access/"


def an_act(*, ward, by, obj=None, summary="Khóa số liệu năm 2025."):
    with history.writing(by=by, act="lock_period", source="web"):
        return audit.record(obj or ward, summary, ward=ward)


def change(*, obj, by, ward, **values):
    """Any service that changes one object."""
    with history.writing(by=by, act="record_review", source="web"):
        for name, value in values.items():
            setattr(obj, name, value)
        obj.save()
        return audit.record(obj, "Sửa dữ liệu.", ward=ward)


def page_of(client, url=LIST, **query):
    return client.get(url, query).content.decode()


@pytest.fixture
def other_ward_event(stranger):
    return an_act(ward=stranger.ward, by=stranger, summary="Việc của phường khác.")


@pytest.mark.parametrize("role", ["coordinator", "leader", "administrator"])
def test_audit_list_shows_the_acts_of_the_ward_and_no_other(
    client_of, request, ward, coordinator, other_ward_event, role
):
    event = an_act(ward=ward, by=coordinator)
    client = client_of(request.getfixturevalue(role))

    page = page_of(client)

    assert event.summary in page
    assert other_ward_event.summary not in page
    assert client.get(f"{LIST}{other_ward_event.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["reporter", "observer", "village_head"])
def test_audit_list_is_closed_to_other_roles(client_of, request, ward, coordinator, role):
    event = an_act(ward=ward, by=coordinator)
    client = client_of(request.getfixturevalue(role))

    for url in (LIST, ACCESS, f"{LIST}{event.pk}/"):
        assert heading_of(client.get(url)) == NO_RIGHT


def test_a_second_grant_elsewhere_opens_no_journal_there(client_of, coordinator, other_ward_event):
    GrantFactory(user=coordinator, role=Role.OBSERVER, area=other_ward_event.ward)
    an_act(ward=coordinator.ward, by=coordinator)

    assert other_ward_event.summary not in page_of(client_of(coordinator))


def test_an_administrator_reads_nothing_about_households(client_of, administrator, ward, village):
    household = HouseholdFactory(village=village)
    officer = user_with(Role.COORDINATOR, ward)
    hidden = an_act(ward=ward, by=officer, obj=household, summary="Đưa hộ Y Hữu Nam vào sổ.")
    shown = an_act(ward=ward, by=officer)
    record_access(by=officer, ward=ward, what="CCCD của Y Hữu Nam", obj=household, purpose="x")
    client = client_of(administrator)

    assert hidden.summary not in page_of(client)
    assert shown.summary in page_of(client)
    assert "Y Hữu Nam" not in page_of(client, ACCESS)
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["Duyệt", "Khóa", "Đổi"], id="no filter"),
        pytest.param({"q": "Đặng"}, ["Đổi"], id="words"),
        pytest.param({"q": "dang thi uy"}, ["Đổi"], id="words without accents"),
        pytest.param({"act": "lock_period"}, ["Khóa"], id="act"),
        pytest.param({"after": "10/02/2026"}, ["Duyệt", "Khóa"], id="from a day"),
        pytest.param({"until": "09/02/2026"}, ["Đổi"], id="to a day"),
        pytest.param({"after": "10/02/2026", "until": "10/02/2026"}, ["Khóa"], id="one day"),
        pytest.param({"q": "không có"}, [], id="nothing"),
        pytest.param({"after": "32/13/2026"}, ["Duyệt", "Khóa", "Đổi"], id="no date"),
    ],
)
def test_audit_list_filters_by_the_address(client_of, ward, coordinator, query, found):
    acts = {
        "Đổi": (
            "change_own_password",
            "Đổi tên Đặng Thị Ủy.",
            datetime(2026, 2, 9, 16, tzinfo=UTC),
        ),
        # 17:30 UTC of the 9th is 00:30 of the 10th in Hà Nội.
        "Khóa": ("lock_period", "Khóa số liệu.", datetime(2026, 2, 9, 17, 30, tzinfo=UTC)),
        "Duyệt": ("recognise_results", "Duyệt kết quả.", datetime(2026, 2, 10, 17, tzinfo=UTC)),
    }
    for act, summary, at in acts.values():
        AuditEvent.objects.create(
            ward=ward,
            at=at,
            actor=coordinator,
            act=act,
            object_type="core.area",
            object_id=ward.pk,
            summary=summary,
            search_key=audit.search_key(summary),
            source="web",
        )

    page = page_of(client_of(coordinator), **query)

    assert [name for name, (_act, summary, _at) in acts.items() if summary in page] == [
        name for name in acts if name in found
    ]


def test_audit_list_filters_by_person(client_of, ward, coordinator, leader):
    an_act(ward=ward, by=coordinator, summary="Việc của cán bộ.")
    an_act(ward=ward, by=leader, summary="Việc của lãnh đạo.")

    page = page_of(client_of(coordinator), who=leader.pk)

    assert "Việc của lãnh đạo." in page
    assert "Việc của cán bộ." not in page


def test_the_list_of_people_names_no_stranger(client_of, coordinator, other_ward_event):
    assert str(other_ward_event.actor) not in page_of(client_of(coordinator))


@pytest.mark.parametrize("count", [1, 3])
def test_audit_list_query_count_does_not_grow(
    client_of, ward, coordinator, count, django_assert_num_queries
):
    for number in range(count):
        an_act(ward=ward, by=UserFactory(), summary=f"Việc số {number}.")
    client = client_of(coordinator)

    with django_assert_num_queries(6):
        page = page_of(client)

    assert page.count("Việc số") == count


@pytest.mark.parametrize("count", [1, 3])
def test_access_list_query_count_does_not_grow(
    client_of, ward, coordinator, count, django_assert_num_queries
):
    for _ in range(count):
        record_access(
            by=UserFactory(), ward=ward, what="Số định danh của Y Nam", obj=ward, purpose="Rà soát"
        )
    client = client_of(coordinator)

    with django_assert_num_queries(6):
        page = page_of(client, ACCESS)

    assert page.count("Số định danh của Y Nam") == count


def test_the_journal_is_paged(client_of, ward, coordinator):
    for number in range(60):
        an_act(ward=ward, by=coordinator, summary=f"Việc số {number}.")
    client = client_of(coordinator)

    assert page_of(client).count("Việc số") == 50
    assert page_of(client, page=2).count("Việc số") == 10


def review_of(village, **fields):
    household = HouseholdFactory(village=village, code="HN-03-017")
    return ReviewFactory(household=household, campaign__ward=village.parent, **fields)


def test_audit_detail_says_each_change_in_words(client_of, coordinator, village):
    review = review_of(village)
    event = change(obj=review, by=coordinator, ward=village.parent, visited_on=date(2026, 11, 18))

    page = page_of(client_of(coordinator), f"{LIST}{event.pk}/")

    assert (
        f"{coordinator} ghi Ngày đến hộ của phiếu rà soát HN-03-017, "
        "Rà soát định kỳ năm 2026 là 18/11/2026" in page
    )


def test_present_names_keys_codes_flags_and_moments(coordinator, village):
    other = VillageFactory(parent=village.parent, name="Thôn Kon Rờ Bàng")
    household = HouseholdFactory(village=village)
    event = change(
        obj=household, by=coordinator, ward=village.parent, village=other, no_labour_capacity=True
    )

    (row,) = present(
        RowChange.objects.filter(token=event.token, table="households_household"),
        user=coordinator,
        ward=village.parent,
    )

    assert [(field.label, field.old, field.new) for field in row.fields] == [
        ("Thôn, tổ dân phố", "Tổ dân phố 1", "Thôn Kon Rờ Bàng"),
        ("Hộ không có khả năng lao động", "không", "có"),
    ]


def test_present_shows_labels_of_choices_and_of_the_twelve_indicators(coordinator, village):
    review = review_of(village)
    event = change(
        obj=review,
        by=coordinator,
        ward=village.parent,
        list_reason="requested",
        deprived_04=True,
        updated_at=datetime(2026, 11, 20, 2, 14, tzinfo=UTC),
    )

    (row,) = present(
        RowChange.objects.filter(token=event.token, table="households_review"),
        user=coordinator,
        ward=village.parent,
    )

    assert [(field.label, field.old, field.new) for field in row.fields] == [
        ("Lý do rà soát", "Thuộc danh sách hộ nghèo, cận nghèo", "Có giấy đề nghị rà soát"),
        ("Thiếu hụt chỉ số 4", "không", "có"),
        ("Nhập lúc", "–", "09:14 ngày 20/11/2026"),
    ]


def test_the_journal_never_shows_a_whole_personal_number(client_of, coordinator, ward):
    person = PersonFactory(ward=ward)
    event = change(obj=person, by=coordinator, ward=ward, citizen_id="062185001234")

    page = page_of(client_of(coordinator), f"{LIST}{event.pk}/")

    assert "ghi Số định danh cá nhân (CCCD) của nhân khẩu" in page
    assert "0621****1234" in page
    assert "062185001234" not in page


def test_without_the_table_of_sensitive_fields_the_number_would_show(
    client_of, coordinator, ward, monkeypatch
):
    monkeypatch.setattr("povertyplan.access.SENSITIVE_FIELDS", {})
    person = PersonFactory(ward=ward)
    event = change(obj=person, by=coordinator, ward=ward, citizen_id="062185001234")

    assert "062185001234" in page_of(client_of(coordinator), f"{LIST}{event.pk}/")


def test_a_role_without_the_right_reads_a_mask(ward, coordinator, reporter):
    person = PersonFactory(ward=ward)
    event = change(obj=person, by=coordinator, ward=ward, has_disability=True)

    (row,) = present(RowChange.objects.filter(token=event.token), user=reporter, ward=ward)[:1]

    assert {(field.label, field.new) for field in row.fields} == {("Người khuyết tật", NOT_SHOWN)}


def test_an_administrator_is_told_that_rows_are_left_out(
    client_of, administrator, coordinator, ward
):
    person = PersonFactory(ward=ward)
    with history.writing(by=coordinator, act="load_ward", source="web"):
        ward.place_line = "Đăk Cấm"
        ward.save()
        person.full_name = "Y Hữu Nam"
        person.save()
        event = audit.record(ward, "Nạp.", ward=ward)

    page = page_of(client_of(administrator), f"{LIST}{event.pk}/")

    assert "ghi Địa danh của địa bàn Phường Đăk Cấm là Đăk Cấm" in page
    assert "không hiển thị với vai trò của bạn" in page
    assert "Y Hữu Nam" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_audit_detail_query_count_does_not_grow(
    client_of, coordinator, village, count, django_assert_num_queries
):
    reviews = [
        ReviewFactory(
            household__village=village, campaign__ward=village.parent, campaign__year=2026 + n
        )
        for n in range(count)
    ]
    with history.writing(by=coordinator, act="record_review", source="web"):
        for review in reviews:
            review.visited_on, review.updated_by = date(2026, 11, 18), UserFactory()
            review.save()
        event = audit.record(reviews[0], "Nhập.", ward=village.parent)
    client = client_of(coordinator)

    with django_assert_num_queries(12):
        page = page_of(client, f"{LIST}{event.pk}/")

    assert page.count("Ghi Ngày đến hộ") == count


@pytest.mark.parametrize("operation", ["insert", "delete"])
def test_present_tells_what_was_added_or_removed(coordinator, ward, operation):
    village = VillageFactory(parent=ward, name="Thôn Mới")
    if operation == "delete":
        Area.objects.filter(pk=village.pk).delete()

    changes = RowChange.objects.filter(table="core_area", row_id=village.pk, operation=operation)
    row = present(changes, user=coordinator, ward=ward)[-1]

    assert row.kind == "địa bàn"
    assert row.name == ("Thôn Mới" if operation == "insert" else "(đã xóa)")
    done = "thêm" if operation == "insert" else "xóa"
    assert row.sentence("Bà Hoa") == f"Bà Hoa {done} địa bàn {row.name}"
    assert "Tên: Thôn Mới" in row.details()


def test_a_change_is_told_by_what_there_was_before():
    def row(*fields):
        return ChangedRow("update", "phiếu rà soát", "HN-03-017", fields)

    score = FieldChange("Điểm B1", "150", "110")
    assert row(score).sentence("Nguyễn Văn A") == (
        "Nguyễn Văn A đổi Điểm B1 của phiếu rà soát HN-03-017 từ 150 thành 110"
    )
    assert row(score).details() == []
    two = row(score, FieldChange("Ghi chú", "cũ", "–"))
    assert two.sentence("Nguyễn Văn A") == "Nguyễn Văn A sửa phiếu rà soát HN-03-017"
    assert two.details() == ["đổi Điểm B1 từ 150 thành 110", "bỏ Ghi chú, trước là cũ"]


def test_columns_of_the_machine_have_no_label():
    assert not label_of(Review._meta.get_field("version"))
    assert not label_of(Person._meta.get_field("search_key"))
    assert label_of(Review._meta.get_field("household")) == "Hộ gia đình"


def test_access_events_keep_their_purpose(ward, coordinator):
    record_access(by=coordinator, ward=ward, what="Danh sách", obj=ward, purpose=" Rà  soát ")

    event = AccessEvent.objects.get()
    assert (event.actor, event.purpose, event.object_type) == (coordinator, "Rà soát", "core.area")
    assert RowChange.objects.get(table="core_accessevent").actor == coordinator.username


def test_what_sql_wrote_shows_in_the_journal_of_its_ward_alone(
    client_of, ward, coordinator, stranger
):
    village = VillageFactory(parent=ward, name="Thôn Một")
    Area.objects.filter(pk=village.pk).update(name="Thôn Hai")
    change(obj=village, by=coordinator, ward=ward, name="Thôn Ba")
    Area.objects.filter(pk=stranger.ward.pk).update(name="Phường Lạ")

    page = page_of(client_of(coordinator), past="1")

    assert "Lệnh SQL đổi" in page
    assert "từ Thôn Một thành Thôn Hai" in page
    assert "Phường Lạ" not in page
    assert "thành Thôn Ba" not in page


def test_the_page_of_sql_costs_the_same_with_more_rows(
    client_of, ward, coordinator, django_assert_max_num_queries
):
    client = client_of(coordinator)
    for name in ("Thôn Một", "Thôn Hai", "Thôn Ba"):
        VillageFactory(parent=ward, name=name)
    page_of(client, past="1")

    with django_assert_max_num_queries(16):
        page_of(client, past="1")
