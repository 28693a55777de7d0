"""Kinds of support on screen: added, changed while nobody has one, ended after."""

from datetime import date

import pytest
from django.urls import reverse

from projects.models import SupportKind
from tests.factories.households import NeedKindFactory
from tests.factories.projects import ComponentProjectFactory, SupportFactory, SupportKindFactory
from tests.pages import NO_RIGHT, heading_of, nothing_written, text_of

NEW = "/supports/kinds/new/"
TYPED = {
    "code": "de-giong",
    "name": "Dê giống",
    "recipient": "household",
    "for_poor": "on",
    "window": "programme",
    "recurrence": "once",
    "ceiling": "3.000.000",
    "legal_reference": "Nghị quyết thử",
    "confidence": "medium",
}


@pytest.fixture
def keeping(administrator, client_of):
    return client_of(administrator)


@pytest.fixture
def kind(db):
    return SupportKindFactory(code="de-giong", name="Dê giống", valid_from=date(2026, 1, 1))


def edit(kind):
    return reverse("projects:support_kind_edit", args=[kind.pk])


def as_shown(client, kind, **changes):
    """What the form of a kind sends where somebody changed only something."""
    form = client.get(edit(kind)).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.name != "code" and value not in (None, "", False):
            sent[bound.name] = [each.pk for each in value] if isinstance(value, list) else value
    return {name: "on" if value is True else value for name, value in sent.items()} | changes


def test_a_kind_is_added_with_its_projects_and_needs(keeping):
    project, need = ComponentProjectFactory(), NeedKindFactory(ward=None, code="giong")

    answer = keeping.post(NEW, TYPED | {"projects": [project.pk], "needs": [need.pk]}, follow=True)

    kind = SupportKind.objects.get()
    assert heading_of(answer) == "Dê giống"
    assert (kind.ceiling, kind.for_poor, kind.for_near_poor) == (3_000_000, True, False)
    assert (list(kind.projects.all()), list(kind.needs.all())) == ([project], [need])
    assert kind.is_kept_here
    assert "Thêm loại hỗ trợ Dê giống." in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"code": "Dê giống"}, {"code"}),
        ({"code": "co-roi"}, {"code"}),
        ({"age_from": "60", "age_to": "16"}, {"age_to"}),
        ({"valid_from": "01/02/2026", "valid_to": "31/01/2026"}, {"valid_to"}),
        ({"legal_reference": "", "confidence": ""}, {"legal_reference", "confidence"}),
        ({"ceiling": "1,5"}, {"ceiling"}),
    ],
)
def test_a_wrong_kind_is_refused_at_its_fields(keeping, changes, fields):
    SupportKindFactory(code="co-roi")

    with nothing_written():
        answer = keeping.post(NEW, TYPED | changes)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == fields


def test_a_kind_that_nobody_has_is_changed_and_its_history_told(keeping, kind):
    answer = keeping.post(edit(kind), as_shown(keeping, kind, ceiling="4.000.000"), follow=True)

    kind.refresh_from_db()
    assert (kind.ceiling, kind.version) == (4_000_000, 2)
    assert "Sửa loại hỗ trợ Dê giống: Mức tối đa (đồng): " in text_of(answer)


def test_a_version_that_somebody_changed_meanwhile_is_refused(keeping, kind):
    sent = as_shown(keeping, kind, ceiling="4.000.000")
    SupportKind.objects.update(version=5)

    answer = keeping.post(edit(kind), sent)

    assert "vừa được sửa ở nơi khác" in text_of(answer)


def test_the_rules_of_a_kind_that_was_given_stay(keeping, kind, ward):
    SupportFactory(kind=kind, household__village__parent=ward, delivered_on=date(2026, 3, 10))
    sent = as_shown(keeping, kind, recurrence="yearly", name="Dê giống lai", for_near_poor="")

    with nothing_written():
        answer = keeping.post(edit(kind), sent)

    assert set(answer.context["form"].errors) == {"recurrence", "for_near_poor"}
    assert "lập loại hỗ trợ mới từ loại này" in text_of(answer)


@pytest.mark.parametrize(
    ("ends", "refused"), [("09/03/2026", True), ("10/03/2026", False), ("31/12/2026", False)]
)
def test_it_is_ended_on_or_after_its_last_use(keeping, kind, ward, ends, refused):
    SupportFactory(kind=kind, household__village__parent=ward, delivered_on=date(2026, 3, 10))

    keeping.post(edit(kind), as_shown(keeping, kind, valid_to=ends))

    kind.refresh_from_db()
    assert (kind.valid_to is None) is refused


def test_another_takes_over_what_it_says(keeping, kind):
    form = keeping.get(f"{NEW}?from={kind.pk}").context["form"]

    assert form["name"].value() == "Dê giống"
    assert form["code"].value() is None
    assert form["valid_from"].value() is None


def test_others_read_and_do_not_write(kind, coordinator, client_of):
    client = client_of(coordinator)

    page = client.get(reverse("projects:support_kind_detail", args=[kind.pk]))

    assert "Sửa, kết thúc" not in text_of(page)
    assert heading_of(client.get(edit(kind))) == NO_RIGHT
    assert heading_of(client.get(NEW)) == NO_RIGHT
