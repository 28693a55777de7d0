"""Invented livelihood projects of the demonstration: one runs, one is in public, one has ended.

Nothing of it comes from a real ward; each says so.
"""

from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass
from households.models import Household, HouseholdStatus
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.choices import LivelihoodKind, LivelihoodStage
from projects.livelihoods.services.livelihoods import LivelihoodInput, add_livelihood
from projects.livelihoods.services.members import LivelihoodMemberInput, add_livelihood_member
from projects.livelihoods.services.steps import record_step
from projects.models import Livelihood, WardProject
from projects.rules.livelihoods import StepDraft

INVENTED = "Mô hình giả định của dữ liệu mẫu"
PROGRAMME = "GNBV-2021-2025"
ANNOUNCED, MEETING = LivelihoodStage.ANNOUNCED, LivelihoodStage.MEETING
ASSESSED, POSTED = LivelihoodStage.ASSESSED, LivelihoodStage.POSTED
APPROVED, FINISHED = LivelihoodStage.APPROVED, LivelihoodStage.FINISHED


@dataclass(frozen=True)
class InventedLivelihood:
    """One with its households by class, those who join beside them, and its steps."""

    code: str
    name: str
    years: tuple[int, int]
    households: tuple[tuple[PovertyClass, int], ...]
    others: tuple[str, ...]
    steps: tuple[tuple[LivelihoodStage, date, str], ...]
    kind: LivelihoodKind = LivelihoodKind.COMMUNITY


POOR, NEAR_POOR, OTHER = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
LIVELIHOODS = (
    InventedLivelihood(
        code="2",
        name="Nuôi bò sinh sản luân chuyển",
        years=(2026, 2027),
        households=((POOR, 3), (NEAR_POOR, 4)),
        others=("Hợp tác xã chăn nuôi (giả định)",),
        steps=(
            (ANNOUNCED, date(2026, 3, 2), "Thông báo số 21/TB-UBND"),
            (MEETING, date(2026, 3, 13), "Biên bản họp dân ngày 13/3/2026"),
            (ASSESSED, date(2026, 3, 26), "Báo cáo của Tổ đánh giá ngày 26/3/2026"),
            (POSTED, date(2026, 3, 30), ""),
            (APPROVED, date(2026, 4, 10), "Quyết định số 72/QĐ-UBND"),
        ),
    ),
    InventedLivelihood(
        code="3.1",
        name="Trồng cà phê xen cây ăn quả",
        years=(2026, 2027),
        households=((NEAR_POOR, 2),),
        others=("Hợp tác xã nông nghiệp (giả định)", "Hộ ông A", "Hộ bà B"),
        steps=(
            (ANNOUNCED, date(2026, 10, 5), "Thông báo số 88/TB-UBND"),
            (MEETING, date(2026, 10, 15), "Biên bản họp dân ngày 15/10/2026"),
            (ASSESSED, date(2026, 11, 2), "Báo cáo của Tổ đánh giá ngày 02/11/2026"),
            (POSTED, date(2026, 11, 16), ""),
        ),
    ),
    InventedLivelihood(
        code="2",
        name="Nuôi gà thả vườn",
        years=(2025, 2025),
        households=((POOR, 2), (OTHER, 3)),
        others=(),
        steps=(
            (ANNOUNCED, date(2025, 2, 10), "Thông báo số 12/TB-UBND"),
            (MEETING, date(2025, 2, 20), "Biên bản họp dân ngày 20/2/2025"),
            (ASSESSED, date(2025, 3, 3), "Biên bản thẩm định ngày 03/3/2025"),
            (POSTED, date(2025, 3, 5), ""),
            (APPROVED, date(2025, 3, 14), "Quyết định số 31/QĐ-UBND"),
            (FINISHED, date(2025, 12, 15), "Biên bản nghiệm thu ngày 15/12/2025"),
        ),
    ),
)


def invent_livelihoods(*, ward: Area, by: User) -> None:
    rows = WardProject.objects.filter(ward=ward, project__programme__code=PROGRAMME)
    found = rows.select_related("ward", "project__parent", "project__programme")
    projects = {row.project.code: row for row in found}
    for each in LIVELIHOODS:
        if each.code in projects:
            _invent(projects[each.code], each, by)


def _invent(ward_project: WardProject, each: InventedLivelihood, by: User) -> None:
    first_day = each.steps[0][1]
    details = LivelihoodInput(
        kind=each.kind,
        name=each.name,
        year_from=each.years[0],
        year_to=each.years[1],
        content=f"{INVENTED}.",
    )
    with clock.set_to(first_day):
        made = add_livelihood(ward_project=ward_project, details=details, by=by, source="command")
        for member in _members(each, ward_project.ward, first_day):
            add_livelihood_member(livelihood=made, details=member, by=by, source="command")
    for stage, on, document in each.steps:
        _record(made, StepDraft(stage, on, document=document), by)


def _record(made: Livelihood, draft: StepDraft, by: User) -> None:
    with clock.set_to(draft.on):
        record_step(livelihood=made, draft=draft, by=by, source="command")


def _members(each: InventedLivelihood, ward: Area, day: date):
    for poverty_class, count in each.households:
        of_class = HouseholdStatus.objects.in_force(on=day).filter(
            ward=ward, poverty_class=poverty_class
        )
        rows = Household.objects.filter(
            pk__in=of_class.values("household"), opened_on__lte=day, closed_on=None
        )
        for household in rows.order_by("code")[:count]:
            yield LivelihoodMemberInput(day, household=household, part="Góp công, chuồng trại")
    for name in each.others:
        yield LivelihoodMemberInput(day, name=name, part="Hướng dẫn kỹ thuật, mua sản phẩm")
