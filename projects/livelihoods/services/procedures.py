"""What is asked before a livelihood project is approved: added and changed by an administrator."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.changing import change_record, differences
from povertyplan.core.platform.versions import NOTHING_CHANGED
from projects.choices import Confidence, LivelihoodKind
from projects.models import LivelihoodProcedure
from projects.programme.services.structure import refuse_for_others

SAME_DAY = "Hình thức này đã có quy định áp dụng từ ngày này: sửa quy định đó."
DAYS_MISSING = "Nhập số ngày lớn hơn 0, hoặc để trống khi chưa rõ."
SHARE_WRONG = "Nhập tỷ lệ từ 1 đến 100, hoặc để trống khi chưa rõ."


@dataclass(frozen=True)
class ProcedureInput:
    """What is asked, with the law it rests on; what is not known is None."""

    asks_meeting: bool
    assessor: str
    posting_days: int | None
    public_days: int | None
    least_beneficiaries: int | None
    legal_reference: str
    confidence: Confidence


@audit.business_act(label="Thêm thủ tục lựa chọn dự án sản xuất")
def add_procedure(
    *, kind: LivelihoodKind, valid_from: date, details: ProcedureInput, by: User
) -> LivelihoodProcedure:
    """From a day on something else is asked. Raises ValidationError keyed by field."""
    refuse_for_others(by)
    locks.wait_turn("import", "livelihood procedures")
    faults = _procedure_faults(details)
    if LivelihoodProcedure.objects.filter(kind=kind, valid_from=valid_from).exists():
        faults["valid_from"] = SAME_DAY
    if faults:
        raise ValidationError(faults)
    added = LivelihoodProcedure.objects.create(
        kind=kind, valid_from=valid_from, is_kept_here=True, **asdict(details)
    )
    audit.record(added, f"Thêm: {added}.", ward=None)
    return added


@audit.business_act(label="Sửa thủ tục lựa chọn dự án sản xuất")
def change_procedure(
    *, procedure: LivelihoodProcedure, details: ProcedureInput, version: int | None, by: User
) -> LivelihoodProcedure:
    """Say otherwise what is asked. Raises ValidationError keyed by field, and StaleVersion."""
    refuse_for_others(by)
    if faults := _procedure_faults(details):
        raise ValidationError(faults)
    values = asdict(details)
    current = LivelihoodProcedure.objects.get(pk=procedure.pk)
    if current.version == version and not differences(current, values):
        raise ValidationError(NOTHING_CHANGED, code="unchanged")
    return change_record(procedure, values | {"is_kept_here": True}, version=version, ward=None)


def _procedure_faults(details: ProcedureInput) -> dict[str, str]:
    faults = {
        name: DAYS_MISSING
        for name in ("posting_days", "public_days")
        if getattr(details, name) == 0
    }
    share = details.least_beneficiaries
    if share is not None and not 1 <= share <= 100:
        faults["least_beneficiaries"] = SHARE_WRONG
    return faults
