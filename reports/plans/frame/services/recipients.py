"""Who gets a document, a line each, and who keeps it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import KEPT_BY_CLERK
from reports.models import Document, Recipient
from reports.plans.naming import name_document
from reports.plans.writing.services.draft import lock_draft

LONGEST_LINE = 200
MOST_LINES = 200


def recipient_lines(document: Document) -> list[str]:
    return list(document.recipients.order_by("order").values_list("text", flat=True))


@audit.business_act(label="Sửa nơi nhận văn bản")
def set_recipients(
    *, document: Document, recipients: Sequence[str], archive: str, version: int, by: User
) -> Document:
    """Make these lines the recipients of a draft; who keeps it is the clerk unless named."""
    current = lock_draft(document)
    # The form of a document puts the dash itself.
    lines = [line for each in recipients if (line := normalise_text(each.lstrip(" -–+•\t")))]
    kept_at = normalise_text(archive) or KEPT_BY_CLERK
    if faults := recipient_faults(lines, kept_at):
        raise ValidationError(faults)
    versions.update(current, version=version, archive=kept_at)
    rows = list(current.recipients.order_by("order"))
    for row, line in zip(rows, lines, strict=False):
        if row.text != line:
            row.text = line
            row.save(update_fields=["text"])
    current.recipients.filter(pk__in=[row.pk for row in rows[len(lines) :]]).delete()
    last = rows[-1].order if rows else 0
    for order, line in enumerate(lines[len(rows) :], start=last + 1):
        Recipient.objects.create(document=current, order=order, text=line)
    summary = f"{by} ghi {len(lines)} nơi nhận của {name_document(current)}"
    audit.record(current, summary, ward=current.ward)
    return current


def recipient_faults(lines: Sequence[str], archive: str) -> dict[str, list[str]]:
    """Every fault by its field."""
    too_long = [
        f"Dòng {place} dài quá {LONGEST_LINE} ký tự: “{line[:40]}…”."
        for place, line in enumerate(lines, start=1)
        if len(line) > LONGEST_LINE
    ]
    if len(lines) > MOST_LINES:
        too_long = [f"Nhiều nhất {MOST_LINES} dòng nơi nhận; danh sách này có {len(lines)} dòng."]
    faults = {"recipients": too_long} if too_long else {}
    if len(archive) > LONGEST_LINE:
        faults["archive"] = [f"Nơi lưu dài nhất {LONGEST_LINE} ký tự."]
    return faults
