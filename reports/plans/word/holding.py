"""A Word file and its passages, held for one act."""

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from reports.models import WordPassage, WordUpload

DRAFTED = "Đã lập dự thảo từ tệp này."
DISCARDED = "Tệp Word này vừa được người khác bỏ. Gửi lại tệp để lập dự thảo."
CHANGED = "Đoạn {} vừa được người khác sửa thành {}. Chọn lại rồi lưu."


def hold_upload(upload: WordUpload, *, is_drafted_too: bool = False) -> WordUpload:
    """The file as it is now; refused where it is gone, or a draft was made of it."""
    current = locks.hold(WordUpload.objects.filter(pk=upload.pk)).first()
    if current is None:
        raise ValidationError(DISCARDED, code="discarded")
    if current.document_id and not is_drafted_too:
        raise ValidationError(DRAFTED, code="drafted")
    return current


def open_passage(passage: WordPassage, version: int | None) -> WordPassage:
    """A passage of a held file in the version that its editor has seen."""
    hold_upload(passage.upload)
    current = WordPassage.objects.select_related("upload__ward").get(pk=passage.pk)
    if current.version != version:
        became = current.get_part_display().lower()
        raise ValidationError(CHANGED.format(current.order, became), code="stale")
    return current
