"""A sentence of a Word file becomes a target of the ward, and names its figure from then on."""

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from projects.choices import Measure, TargetOperator
from projects.models import Indicator, Target
from projects.rules.promises import Promise
from projects.targets.selectors import targets_of
from projects.targets.services.targets import (
    PromisedTarget,
    promise_of,
    promise_text,
    set_targets,
)
from reports.models import WordPassage
from reports.plans.word.draft_parts import BODY
from reports.plans.word.holding import open_passage
from reports.plans.word.reading.promises import SaidPromise, read_promise

NO_SENTENCE = "Đoạn này không vào thân dự thảo nên không ghi thành chỉ tiêu."
STANDS = "Năm {year} đang giao: {standing}. Muốn thay thì nêu lý do rồi gửi lại."
OTHER_UNIT = "Câu trong tệp nói “{said}”, chỉ tiêu này tính theo “{unit}”. Chọn chỉ tiêu khác."


@audit.business_act(label="Ghi câu của tệp Word thành chỉ tiêu")
def enter_target(
    *,
    passage: WordPassage,
    version: int | None,
    indicator: Indicator,
    year: int,
    promise: Promise,
    reason: str = "",
    seen: int | None = None,
    by: User,
) -> WordPassage:
    """Promise what a sentence says. Where the figure is the same, the sentence names it as data.

    A target that stands already is replaced only by who has `seen` it, with a reason.
    """
    current = open_passage(passage, version)
    ward = current.upload.ward
    if current.part not in BODY:
        raise ValidationError(NO_SENTENCE)
    said = read_promise(current.text)
    if said and _speaks_otherwise(said, indicator):
        unit = said.unit or "không có đơn vị"
        fault = OTHER_UNIT.format(said=unit, unit=indicator.measure_unit)
        raise ValidationError({"indicator": fault})
    standing = standing_target(indicator, year)
    if standing and promise_of(standing) != promise and seen != standing.pk:
        words = promise_text(promise_of(standing), indicator)
        raise ValidationError({"reason": STANDS.format(year=year, standing=words)}, code="stands")
    promised = PromisedTarget(indicator, promise, standing.pk if standing else None)
    set_targets(ward=ward, year=year, targets=[promised], reason=reason, by=by)
    target = standing_target(indicator, year)
    text = with_field(current.text, said, target) if target else current.text
    versions.update(current, version=current.version, target=target, text=text)
    summary = (
        f"{by} ghi đoạn {current.order} của tệp Word {current.upload.file_name} thành chỉ tiêu"
    )
    audit.record(current.upload, f"{summary} {target}", ward=ward)
    return current


def standing_target(indicator: Indicator, year: int) -> Target | None:
    """What the ward promised of an indicator for a year already."""
    return targets_of(indicator.ward).get((indicator.pk, year))


def with_field(text: str, said: SaidPromise | None, target: Target) -> str:
    """A sentence whose figures are those of a target, as data; otherwise it stays as it is."""
    if said is None or target.low is None or said.promise.low != target.low:
        return text
    named = f"{target.indicator.code} {target.year}"
    # The rate stands behind the figure: the last place first, so that the other one stays.
    if said.rate and target.rate == said.promise.rate:
        text = _replaced(text, said.rate, f"{{target_rate {named}}}")
    if said.figure and target.operator == said.promise.operator:
        text = _replaced(text, said.figure, f"{{target {named}}}")
    return text


def _replaced(text: str, place: tuple[int, int], words: str) -> str:
    begins, ends = place
    return text[:begins] + words + text[ends:]


def _speaks_otherwise(said: SaidPromise, indicator: Indicator) -> bool:
    """Whether a sentence counts what an indicator gives in percent, or the other way round."""
    if said.promise.operator == TargetOperator.NONE_LEFT:
        return False
    return said.is_percent != (indicator.measure == Measure.PERCENT)
