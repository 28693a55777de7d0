"""Writing down that something was published, and taking back what was written wrongly."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import Publication, PublicationRule
from projects.rules.publicity import Occasion, publication_faults

LONGEST_LABEL = 250
NO_EVIDENCE = "Nêu minh chứng: biên bản, ảnh, số văn bản."
NO_REASON = "Nhập lý do."
WITHDRAWN = "Lần công khai này đã bỏ."


@dataclass(frozen=True)
class Posted:
    """From when to when something was published, where exactly, and how one knows."""

    posted_from: date
    posted_to: date | None = None
    location: str = ""
    evidence: str = ""


@audit.business_act(label="Ghi lần công khai")
def record_publication(
    *,
    ward: Area,
    rule: PublicationRule,
    occasion: Occasion,
    posted: Posted,
    key: str | None = None,
    by: User,
) -> Publication:
    """Write down a publication; every fault of its days and words at once."""
    evidence = normalise_text(posted.evidence)
    _refuse_faults(rule, occasion, posted, evidence)

    def create() -> Publication:
        locks.wait_turn("publicity", ward.pk)
        made = Publication.objects.create(
            ward=ward,
            rule=rule,
            occasion=occasion.key,
            occasion_label=f"{rule.name}: {occasion.label}"[:LONGEST_LABEL],
            happened_on=occasion.happened_on,
            posted_from=posted.posted_from,
            posted_to=posted.posted_to,
            location=normalise_text(posted.location),
            evidence=evidence,
            recorded_by=by,
        )
        day = formatting.day(made.posted_from)
        audit.record(made, f"Công khai từ ngày {day}: {made}.", ward=ward)
        return made

    content = asdict(posted) | {"rule": rule.pk, "occasion": occasion.key}
    act = "record_publication"
    return once(key=key, act=act, content=content, model=Publication, create=create, by=by)


def _refuse_faults(
    rule: PublicationRule, occasion: Occasion, posted: Posted, evidence: str
) -> None:
    faults = publication_faults(
        trigger=rule.trigger,
        happened_on=occasion.happened_on,
        posted_from=posted.posted_from,
        posted_to=posted.posted_to,
        today=clock.today(),
    )
    if not evidence:
        faults["evidence"] = NO_EVIDENCE
    if faults:
        raise ValidationError(faults)


@audit.business_act(label="Bỏ lần công khai ghi sai")
def withdraw_publication(
    *, publication: Publication, reason: str, version: int | None, by: User
) -> Publication:
    """Take back what was recorded wrongly; the row stays and counts no more."""
    stated = stated_reason(reason, NO_REASON)
    locks.wait_turn("publicity", publication.ward_id)
    current = Publication.objects.select_related("rule", "ward").get(pk=publication.pk)
    versions.check(current, version)
    if current.withdrawn_at is not None:
        raise ValidationError(WITHDRAWN)
    versions.update(
        current,
        version=version,
        withdrawn_at=clock.now(),
        withdrawn_by=by,
        withdrawal_reason=stated,
    )
    audit.record(current, f"Bỏ lần công khai: {current}.", ward=current.ward, reason=stated)
    return current
