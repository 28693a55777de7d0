"""Programmes and their parts, as an administrator keeps them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from projects.models import ComponentProject, Programme
from projects.programme.services.structure import (
    ProgrammeInput,
    ProjectPartInput,
    add_part,
    add_programme,
    change_part,
    change_programme,
)
from tests.factories.core import WardFactory
from tests.factories.projects import ComponentProjectFactory, ProgrammeFactory
from tests.pages import text_of

MERGED = ProgrammeInput(
    kind="national",
    code="MOI",
    name="Chương trình mới",
    levels=("Hợp phần", "Nội dung"),
    valid_from=date(2026, 1, 1),
    valid_to=date(2035, 12, 31),
)
TYPED = {
    "kind": "national",
    "code": "MOI",
    "name": "Chương trình mới",
    "levels": "Hợp phần\n\n Nội dung ",
    "valid_from": "01/01/2026",
    "valid_to": "31/12/2035",
}


@pytest.fixture
def programme(administrator):
    return add_programme(details=MERGED, by=administrator)


def test_parts_are_called_and_ordered_as_their_programme_says(programme, administrator):
    second = add_part(
        programme=programme, parent=None, details=ProjectPartInput("2"), by=administrator
    )
    first = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1", "Hạ tầng"), by=administrator
    )
    below = add_part(
        programme=programme, parent=first, details=ProjectPartInput("1.10"), by=administrator
    )
    add_part(programme=programme, parent=first, details=ProjectPartInput("1.2"), by=administrator)

    assert [str(part) for part in programme.projects.order_by("order")] == [
        "Hợp phần 1", "Nội dung 1.2", "Nội dung 1.10", "Hợp phần 2",
    ]  # fmt: skip
    assert (second.name, below.parent) == ("chưa có tên", first)


def test_a_level_that_is_renamed_renames_its_parts(programme, administrator):
    part = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1"), by=administrator
    )
    renamed = ProgrammeInput(**{**vars(MERGED), "levels": ("Dự án", "Nội dung")})

    change_programme(programme=programme, details=renamed, version=1, by=administrator)

    part.refresh_from_db()
    assert str(part) == "Dự án 1"
    assert "Tên các cấp" in AuditEvent.objects.latest("pk").summary


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "GNBV-2021-2025"}, "code"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to"),
        ({"funds_until": date(2035, 12, 31)}, "funds_until"),
        ({"valid_to": None, "funds_until": date(2036, 1, 1)}, "funds_until"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(administrator, changed, field):
    ProgrammeFactory()

    with pytest.raises(ValidationError) as refused:
        add_programme(details=ProgrammeInput(**{**vars(MERGED), **changed}), by=administrator)

    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("code", "is_below"), [("1.1", False), ("1", False), ("2.1", True), ("1.1.1", True)]
)
def test_a_code_that_does_not_fit_its_place_is_refused(programme, administrator, code, is_below):
    parent = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1"), by=administrator
    )

    with pytest.raises(ValidationError) as refused:
        add_part(
            programme=programme,
            parent=parent if is_below else None,
            details=ProjectPartInput(code),
            by=administrator,
        )

    assert list(refused.value.message_dict) == ["code"]


def test_a_code_stays_as_it_was_added(programme, administrator):
    part = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1"), by=administrator
    )

    with pytest.raises(ValidationError, match="Mã không đổi được"):
        change_part(part=part, details=ProjectPartInput("2"), version=1, by=administrator)


def test_a_level_with_parts_cannot_go_and_none_is_added_below_the_last(programme, administrator):
    top = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1"), by=administrator
    )
    low = add_part(
        programme=programme, parent=top, details=ProjectPartInput("1.1"), by=administrator
    )
    flat = ProgrammeInput(**{**vars(MERGED), "levels": ("Hợp phần",)})

    with pytest.raises(ValidationError, match="cấp Nội dung"):
        change_programme(programme=programme, details=flat, version=1, by=administrator)
    with pytest.raises(ValidationError, match="chỉ có 2 cấp"):
        add_part(
            programme=programme, parent=low, details=ProjectPartInput("1.1.1"), by=administrator
        )


def test_who_saves_second_is_refused(programme, administrator):
    part = add_part(
        programme=programme, parent=None, details=ProjectPartInput("1"), by=administrator
    )
    change_part(part=part, details=ProjectPartInput("1", "Một"), version=1, by=administrator)

    with pytest.raises(StaleVersion):
        change_part(part=part, details=ProjectPartInput("1", "Hai"), version=1, by=administrator)

    assert ComponentProject.objects.get().official_name == "Một"


def test_programmes_of_several_wards_are_not_changed_by_the_administrator_of_one(administrator):
    WardFactory()

    with pytest.raises(ValidationError, match="phường, xã khác"):
        add_programme(details=MERGED, by=administrator)

    assert not Programme.objects.exists()


def test_what_was_changed_on_screen_survives_loading_the_reference_data(administrator):
    call_command("load_reference", verbosity=0)
    part = ComponentProject.objects.get(code="1.2.14")
    change_part(
        part=part, details=ProjectPartInput("1.2.14", "Vận hành"), version=1, by=administrator
    )

    call_command("load_reference", verbosity=0)

    part.refresh_from_db()
    assert part.official_name == "Vận hành"


def test_administrator_adds_a_programme_and_its_parts_on_screen(administrator, client_of):
    client = client_of(administrator)

    client.post(reverse("projects:programme_new"), TYPED)
    programme = Programme.objects.get()
    client.post(reverse("projects:part_new", args=[programme.pk]), {"code": "1"})
    top = ComponentProject.objects.get()
    page = client.post(reverse("projects:part_below", args=[top.pk]), {"code": "1.1"}, follow=True)

    assert programme.levels == ["Hợp phần", "Nội dung"]
    assert not top.for_wards
    assert "Đã lưu Nội dung 1.1: chưa có tên." in text_of(page)


def test_faults_of_a_programme_come_all_at_once_and_keep_what_was_typed(administrator, client_of):
    answer = client_of(administrator).post(
        reverse("projects:programme_new"),
        TYPED | {"name": "", "levels": "a\nb\nc\nd", "valid_from": "32/01/2026"},
    )

    said = text_of(answer)
    assert answer.status_code == 422
    for sentence in ("Nhập tên chương trình.", "Nhiều nhất 3 cấp", "32/01/2026", "31/12/2035"):
        assert sentence in said


def test_programme_page_query_count_does_not_grow(
    administrator, client_of, django_assert_max_num_queries
):
    for _ in range(3):
        ComponentProjectFactory()
    client = client_of(administrator)

    with django_assert_max_num_queries(6):
        client.get(reverse("projects:programme_detail", args=[Programme.objects.get().pk]))
