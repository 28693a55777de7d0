"""A new plan from a Word file: what is read is kept, looked through, and becomes a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import submissions, versions
from povertyplan.core.text import formatting
from reports.choices import WordPart
from reports.models import Document, WordPassage, WordUpload
from reports.plans.drafting.services import PlanStart, begin_plan
from reports.plans.word.draft_parts import BODY, draft_parts, gives_duties, part_faults, unit_key
from reports.plans.word.holding import CHANGED, hold_upload
from reports.plans.word.reading.passages import Passage, WordReading
from reports.plans.word.selectors import passages_of, units_by_key

LONGEST_REASON = 200
CHOSEN = "Cán bộ chọn không đưa vào."
NOT_IN_YEARS = (
    "{project} chỉ thực hiện trong {years}, ngoài các năm của kế hoạch nên không in được."
)
NOTHING_TO_WRITE = "Tất cả các đoạn đều không đưa vào dự thảo. Chọn ít nhất một đoạn."
NO_SUBJECT = "Tệp không có trích yếu. Nhập trích yếu, hoặc chọn một đoạn làm trích yếu."


@dataclass(frozen=True)
class SentWord:
    """A file that somebody sent, as it was read; `digest` tells it from another one."""

    name: str
    digest: str
    reading: WordReading


@dataclass(frozen=True)
class PassageChoice:
    """What somebody makes of a passage; `version` is the one that was shown."""

    order: int
    part: str
    level: int
    version: int


@audit.business_act(label="Đọc tệp Word để lập kế hoạch")
def keep_upload(*, ward: Area, file: SentWord, key: str | None = None, by: User) -> WordUpload:
    """Keep what a file says, until a draft is made of it. The file itself is not kept."""

    def create() -> WordUpload:
        upload = WordUpload.objects.create(
            ward=ward,
            file_name=file.name,
            digest=file.digest,
            notes=list(file.reading.notes),
            sent_by=by,
            sent_at=clock.now(),
        )
        WordPassage.objects.bulk_create(
            WordPassage(
                upload=upload,
                order=order,
                source=one.source,
                text=one.text,
                label=one.label[:60],
                part=one.part,
                level=one.level,
                reason=one.reason[:LONGEST_REASON],
                remark=one.remark[:LONGEST_REASON],
            )
            for order, one in enumerate(_with_duties(file.reading.passages, ward), start=1)
        )
        audit.record(upload, f"{by} đọc tệp Word {file.name} để lập kế hoạch", ward=ward)
        return upload

    return submissions.once(
        key=key,
        act="keep_upload",
        content={"ward": ward.pk, "digest": file.digest, "name": file.name},
        model=WordUpload,
        create=create,
        by=by,
    )


@audit.business_act(label="Chọn phần của dự thảo cho các đoạn của tệp Word")
def choose_parts(*, upload: WordUpload, choices: Sequence[PassageChoice], by: User) -> WordUpload:
    """Make other parts of passages. Two editors of other passages are in nobody's way."""
    current = hold_upload(upload)
    if count := _choose(current, choices):
        versions.update(current, version=current.version)
        summary = f"{by} đổi {count} đoạn của tệp Word {current.file_name}"
        audit.record(current, summary, ward=current.ward)
    return current


@audit.business_act(label="Lập kế hoạch từ tệp Word")
def begin_from_word(
    *,
    upload: WordUpload,
    version: int,
    choices: Sequence[PassageChoice] = (),
    year_from: int,
    year_to: int,
    subject: str = "",
    beside: str = "",
    by: User,
) -> Document:
    """Write the draft from what was confirmed. A second press gets the draft that is there."""
    current = hold_upload(upload, is_drafted_too=True)
    if current.document is not None:
        return current.document
    versions.check(current, version)
    _choose(current, choices)
    passages = passages_of(current)
    units = units_by_key(current.ward)
    faults = sorted(part_faults(passages, units))
    faults += _years_missed(passages, year_from, year_to)
    if faults:
        raise ValidationError([f"Đoạn {passages[at].order}: {fault}" for at, fault in faults])
    if not any(one.part in BODY for one in passages):
        raise ValidationError(NOTHING_TO_WRITE)
    parts = draft_parts(passages, units)
    if not parts.subject and not subject:
        raise ValidationError({"subject": NO_SUBJECT})
    document = begin_plan(
        ward=current.ward,
        start=PlanStart(parts=parts, origin=f"word {current.pk}"),
        year_from=year_from,
        year_to=year_to,
        subject=subject,
        beside=beside,
        by=by,
    )
    versions.update(current, version=version, document_id=document.pk)
    audit.record(document, f"{by} lập dự thảo từ tệp Word {current.file_name}", ward=current.ward)
    return document


@audit.business_act(label="Bỏ tệp Word đã gửi")
def discard_upload(*, upload: WordUpload, version: int | None, by: User) -> WordUpload:
    """Take away a file from which no draft was written, and what was chosen for it."""
    current = hold_upload(upload)
    versions.check(current, version)
    summary = f"{by} bỏ tệp Word {current.file_name}, chưa lập dự thảo; SHA-256 {current.digest}"
    audit.record(current, summary, ward=current.ward)
    current.delete()
    return current


def _with_duties(passages: Sequence[Passage], ward: Area) -> list[Passage]:
    """The passages, those that give a unit of the ward its tasks named as such."""
    units = units_by_key(ward)
    found, seen = [], set()
    for at, one in enumerate(passages):
        key = unit_key(one.text)
        is_duty = key not in seen and gives_duties(passages, at, units)
        if is_duty:
            seen.add(key)
        found.append(replace(one, part=WordPart.DUTY) if is_duty else one)
    return found


def _years_missed(
    passages: Sequence[WordPassage], first: int, last: int
) -> Iterator[tuple[int, str]]:
    """The blocks of projects that the ward carries out in none of the plan's years."""
    for at, one in enumerate(passages):
        project = one.ward_project if one.part == WordPart.PROJECT else None
        if project and (project.year_to < first or project.year_from > last):
            years = formatting.years(project.year_from, project.year_to)
            yield at, NOT_IN_YEARS.format(project=project.project, years=years)


def _choose(upload: WordUpload, choices: Sequence[PassageChoice]) -> int:
    """Write the choices that say something new; returns how many. All are refused or none."""
    stored = {row.order: row for row in upload.passages.all()}
    known = [choice for choice in choices if choice.order in stored]
    pairs = [(stored[choice.order], choice) for choice in known]
    new = [(row, one) for row, one in pairs if (row.part, row.level) != (one.part, one.level)]
    faults = [
        CHANGED.format(row.order, row.get_part_display().lower())
        for row, choice in new
        if row.version != choice.version
    ]
    if faults:
        raise ValidationError(faults, code="stale")
    for row, choice in new:
        reason = CHOSEN if choice.part == WordPart.LEFT_OUT else ""
        versions.update(
            row, version=choice.version, part=choice.part, level=choice.level, reason=reason
        )
    return len(new)
