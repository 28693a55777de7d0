"""A section of a draft given to a unit to write."""

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.text.fields import read_key
from reports.choices import HOLDS_BLOCKS
from reports.models import Block
from reports.plans.sections import editor_of
from reports.plans.writing.services.draft import open_block, record_edit

COORDINATOR_ONLY = "Chỉ cán bộ giảm nghèo giao mục cho đơn vị."
NO_SECTION = "Chỉ giao được đề mục, khoản, gạch đầu dòng, phụ lục đã có chữ."
UNKNOWN_UNIT = "Chọn đơn vị trong danh sách."
UNIT_ENDED = "{} đã kết thúc nên không nhận việc viết."


@audit.business_act(label="Giao đơn vị viết một mục")
def assign_section(*, block: Block, unit: str | None, version: int, by: User) -> Block:
    """Let the officers of a unit, named by its key, write a section; None takes it back."""
    opened = open_block(block, version, by=by)
    current = opened.block
    if not editor_of(by, opened.document.ward).writes_all:
        raise ValidationError(COORDINATOR_ONLY)
    if unit is not None and (current.kind not in HOLDS_BLOCKS or not current.text):
        raise ValidationError(NO_SECTION)
    writer = _unit_at_work(unit, opened.document.ward) if unit else None
    if current.unit == writer:
        return current
    versions.update(current, version=version, unit=writer)
    what = f"viết mục “{current}”"
    did = f"giao {writer} {what}" if writer else f"thôi giao đơn vị {what}"
    record_edit(opened.document, by, did)
    return current


def _unit_at_work(key: str, ward: Area) -> Unit:
    number = read_key(key)
    unit = Unit.objects.filter(ward=ward, pk=number).first() if number is not None else None
    if unit is None:
        raise ValidationError(UNKNOWN_UNIT)
    if unit.valid_to is not None:
        raise ValidationError(UNIT_ENDED.format(unit))
    return unit
