"""What is asked before an approval, as an administrator fills it in."""

from datetime import date

from django.urls import reverse

from projects.choices import LivelihoodKind, LivelihoodStage
from projects.livelihoods.services.reference import load_livelihood_procedures
from projects.models import LivelihoodProcedure
from tests.factories.projects import (
    LivelihoodFactory,
    LivelihoodProcedureFactory,
    LivelihoodStepFactory,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written, text_of, words_of

LIST = reverse("projects:livelihood_procedure_list")
NEW = reverse("projects:livelihood_procedure_new")
SENT = {
    "asks_meeting": "on",
    "assessor": "Tổ thẩm định",
    "posting_days": "",
    "public_days": "5",
    "least_beneficiaries": "50",
    "legal_reference": "Quyết định số 9/QĐ-UBND",
    "confidence": "high",
}
FILE = """
procedures:
  - kind: community
    valid_from: 2021-01-01
    asks_meeting: true
    assessor: Tổ thẩm định của UBND cấp xã
    legal_reference: Nghị định thử
    confidence: low
"""


def unknown():
    return LivelihoodProcedureFactory(public_days=None, posting_days=None)


def edit(procedure):
    return reverse("projects:livelihood_procedure_edit", args=[procedure.pk])


def test_days_that_nobody_knows_are_asked_for_where_one_was_approved(ward, coordinator, client_of):
    unknown()
    one = LivelihoodFactory(ward_project__ward=ward, kind=LivelihoodKind.COMMUNITY)
    for stage, month in ((LivelihoodStage.POSTED, 3), (LivelihoodStage.APPROVED, 4)):
        LivelihoodStepFactory(livelihood=one, stage=stage, on=date(2026, month, 2))
    page = reverse("projects:livelihood_detail", args=[one.pk])
    asked = "Chưa rõ phải công khai bao nhiêu ngày trước khi phê duyệt"

    before = text_of(client_of(coordinator).get(page))
    LivelihoodProcedure.objects.update(public_days=5)
    after = text_of(client_of(coordinator).get(page))

    assert asked in before
    assert asked not in after


def test_the_administrator_fills_them_in_and_loading_leaves_them(
    administrator, client_of, tmp_path
):
    procedure, client = unknown(), client_of(administrator)
    path = tmp_path / "procedures.yaml"
    path.write_text(FILE)

    client.post(edit(procedure), SENT | {"version": procedure.version})
    load_livelihood_procedures(path=path, by=None)
    shown = words_of(client.get(LIST))

    kept = LivelihoodProcedure.objects.get()
    assert (kept.public_days, kept.posting_days, kept.version) == (5, None, 2)
    assert "Chưa rõ 5 ngày" in shown
    assert "Quyết định số 9/QĐ-UBND" in shown


def test_another_day_has_another_procedure(administrator, client_of):
    unknown()
    client = client_of(administrator)
    dated = {"kind": "community", "valid_from": "01/07/2026"}

    client.post(NEW, SENT | dated)
    with nothing_written():
        twice = client.post(NEW, SENT | dated)
        wrong = client.post(NEW, {"public_days": "0", "least_beneficiaries": "101"})

    assert LivelihoodProcedure.objects.count() == 2
    assert set(twice.context["form"].errors) == {"valid_from"}
    assert {"kind", "valid_from", "assessor", "least_beneficiaries", "legal_reference"} <= set(
        wrong.context["form"].errors
    )


def test_no_days_at_all_is_not_a_number_of_days(administrator, client_of):
    procedure = unknown()

    with nothing_written():
        answer = client_of(administrator).post(
            edit(procedure), SENT | {"public_days": "0", "version": procedure.version}
        )

    assert set(answer.context["form"].errors) == {"public_days"}


def test_others_read_them(coordinator, client_of):
    procedure, client = unknown(), client_of(coordinator)

    assert "Chưa rõ" in text_of(client.get(LIST))
    assert heading_of(client.get(edit(procedure))) == NO_RIGHT
