"""The day from which the 36 months of a newly escaped household are counted."""

from datetime import date

from django.core.exceptions import ValidationError

from households.models import HouseholdStatus
from households.rules.windows import FURTHEST_ANCHOR_MONTHS, add_months
from households.windows.selectors import opens_a_window
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.versions import StaleVersion
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Đổi mốc tính 36 tháng")
def set_anchor(
    *,
    status: HouseholdStatus,
    anchor_on: date | None,
    was: date | None,
    reason: str,
    by: User,
) -> HouseholdStatus:
    """Count the 36 months from another day than the first of the spell; None takes that day back.

    A ward may count from the day a list takes effect, not from its decision. `was` is the anchor
    the editor saw: another one by now is refused (StaleVersion). The reason stays in the journal.
    """
    current = locks.hold(HouseholdStatus.objects.all()).get(pk=status.pk)
    reason = normalise_text(reason)
    if current.anchor_on != was:
        raise StaleVersion(current)
    if faults := _faults(current, anchor_on, reason):
        raise ValidationError(faults)
    current.anchor_on = anchor_on
    current.save(update_fields=["anchor_on"])
    audit.record(
        current,
        f"{by} đổi mốc tính 36 tháng của hộ {current.household}: từ "
        f"{formatting.day(was or current.starts_on)} thành "
        f"{formatting.day(anchor_on or current.starts_on)}",
        ward=current.ward,
        reason=reason,
    )
    return current


def _faults(status: HouseholdStatus, anchor_on: date | None, reason: str) -> dict[str, str]:
    faults = {}
    if fault := reason_fault(reason, "Nhập lý do đổi mốc tính."):
        faults["reason"] = fault
    if not opens_a_window(status):
        faults["anchor_on"] = "Hộ không thoát nghèo, thoát cận nghèo ở lần phân loại này."
    elif anchor_on == status.anchor_on:
        faults["anchor_on"] = "Mốc tính này đang được dùng."
    elif anchor_on is not None and not _near(status, anchor_on):
        faults["anchor_on"] = (
            f"Mốc tính không cách ngày {formatting.day(status.starts_on)} quá "
            f"{FURTHEST_ANCHOR_MONTHS} tháng."
        )
    return faults


def _near(status: HouseholdStatus, anchor_on: date) -> bool:
    first = add_months(status.starts_on, -FURTHEST_ANCHOR_MONTHS)
    return first <= anchor_on <= add_months(status.starts_on, FURTHEST_ANCHOR_MONTHS)
