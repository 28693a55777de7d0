"""Who may receive a kind of support (đủ điều kiện), with the reason in words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from households.choices import PovertyClass
from households.rules.windows import Window, escape_window
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import Eligibility

# From what the rules exclude to what they are sure of.
_CERTAINTY = (Eligibility.NO, Eligibility.TO_VERIFY, Eligibility.YES)


class KindTerms(Protocol):
    """What the rules read of a kind of support; see `SupportKind`."""

    valid_from: date | None
    valid_to: date | None
    for_poor: bool
    for_near_poor: bool
    for_low_income: bool
    escaped_months: int | None
    others: str
    conditions: str
    age_from: int | None
    age_to: int | None
    ceiling: int | None


@dataclass(frozen=True)
class RecipientFacts:
    """What is known of a household, or of one of its members, on a day.

    ``poverty_class`` is empty where it is not known. ``escaped_on`` is the day from which an
    escape from poverty counts that was not undone. ``ages`` are those of the person, or of all
    members of the household; None where no birth is recorded. ``has_low_income`` says that the
    person, or a member of the household, is listed as a low-income worker.
    """

    poverty_class: str = ""
    escaped_on: date | None = None
    ages: tuple[int | None, ...] = ()
    has_low_income: bool = False


@dataclass(frozen=True)
class Judgement:
    """A verdict and why, in words."""

    verdict: Eligibility
    reason: str = ""

    @property
    def is_yes(self) -> bool:
        return self.verdict == Eligibility.YES


def eligible(kind: KindTerms, facts: RecipientFacts, day: date) -> Judgement:
    """Whether somebody may receive a kind of support on a day: yes, no, or to be looked at."""
    findings = [
        found
        for found in (
            kind_validity(kind, day),
            _of_class(kind, facts, day),
            _of_age(kind, facts),
            _of_conditions(kind),
        )
        if found is not None
    ]
    for verdict in (Eligibility.NO, Eligibility.TO_VERIFY, Eligibility.YES):
        if reasons := [found.reason for found in findings if found.verdict == verdict]:
            return Judgement(verdict, " ".join(reason for reason in reasons if reason))
    return Judgement(Eligibility.YES)


def kind_validity(kind: KindTerms, day: date) -> Judgement | None:
    """A refusal where a kind does not hold on a day; None where it does."""
    if kind.valid_from is not None and day < kind.valid_from:
        return Judgement(
            Eligibility.NO, f"Chính sách có hiệu lực từ ngày {formatting.day(kind.valid_from)}."
        )
    if kind.valid_to is not None and day > kind.valid_to:
        return Judgement(
            Eligibility.NO, f"Chính sách hết hiệu lực sau ngày {formatting.day(kind.valid_to)}."
        )
    return None


def became_doubtful(before: str, now: Judgement) -> bool:
    """Whether the rules say less of somebody than they said when the support was recorded."""
    return _CERTAINTY.index(now.verdict) < _CERTAINTY.index(Eligibility(before))


def who_in_words(kind: KindTerms) -> str:
    """Whom a kind is for: "hộ nghèo, hộ cận nghèo, từ 60 tuổi; người neo đơn"."""
    listed = [*_classes_in_words(kind), ages_in_words(kind)]
    return "; ".join(part for part in (", ".join(filter(None, listed)), kind.others) if part)


def ages_in_words(kind: KindTerms) -> str:
    """The ages a kind is for, both ends included: "từ 60 tuổi", "từ 0 đến 15 tuổi"."""
    if kind.age_to is None:
        return "" if kind.age_from is None else f"từ {kind.age_from} tuổi"
    return f"từ {kind.age_from or 0} đến {kind.age_to} tuổi"


def is_out_of_age(kind: KindTerms, facts: RecipientFacts) -> bool:
    """Whether a kind has ages and all that are asked for are known to be out of them."""
    if not _asks_age(kind) or not facts.ages:
        return False
    return all(age is not None and not _is_of_age(kind, age) for age in facts.ages)


def above_ceiling(kind: KindTerms, amount: int | None) -> str:
    """A sentence where an amount is more than the kind gives; empty where it is not."""
    if kind.ceiling is None or amount is None or amount <= kind.ceiling:
        return ""
    return f"Số tiền vượt mức tối đa {formatting.money(kind.ceiling)}."


def _of_class(kind: KindTerms, facts: RecipientFacts, day: date) -> Judgement | None:
    classes = _classes_in_words(kind)
    if not classes:
        # Others beside ages are those out of the ages, of whom the ages speak.
        only_others = kind.others and not _asks_age(kind)
        return _to_verify(f"Dành cho {kind.others}.") if only_others else None
    if kind.for_low_income and facts.has_low_income:
        return Judgement(Eligibility.YES, "Người lao động có thu nhập thấp.")
    if not facts.poverty_class:
        return _to_verify("Chưa có kết quả phân loại của hộ vào ngày này.")
    label = PovertyClass(facts.poverty_class).label
    if facts.poverty_class in _covered(kind):
        return Judgement(Eligibility.YES, f"{label}.")
    window = _window(kind, facts)
    if window is not None and window.is_open(day):
        return Judgement(
            Eligibility.YES, f"Mới thoát nghèo, tính đến hết ngày {formatting.day(window.last)}."
        )
    if kind.others:
        return _to_verify(f"{label}; cần thuộc diện: {kind.others}.")
    over = f"; hết hạn mới thoát nghèo ngày {formatting.day(window.last)}" if window else ""
    return Judgement(Eligibility.NO, f"{label}{over}. Chính sách dành cho {', '.join(classes)}.")


def _of_age(kind: KindTerms, facts: RecipientFacts) -> Judgement | None:
    if not _asks_age(kind):
        return None
    if any(_is_of_age(kind, age) for age in facts.ages if age is not None):
        return None
    ages = ages_in_words(kind)
    if None in facts.ages or not facts.ages:
        return Judgement(
            Eligibility.TO_VERIFY, f"Chưa có ngày sinh; chính sách dành cho người {ages}."
        )
    if kind.others:
        return Judgement(
            Eligibility.TO_VERIFY, f"Ngoài độ tuổi {ages}; cần thuộc diện: {kind.others}."
        )
    return Judgement(Eligibility.NO, f"Ngoài độ tuổi: chính sách dành cho người {ages}.")


def _of_conditions(kind: KindTerms) -> Judgement | None:
    if not kind.conditions:
        return None
    return _to_verify(f"Điều kiện cần xem: {kind.conditions}.")


def _to_verify(reason: str) -> Judgement:
    return Judgement(Eligibility.TO_VERIFY, reason)


def _asks_age(kind: KindTerms) -> bool:
    return kind.age_from is not None or kind.age_to is not None


def _is_of_age(kind: KindTerms, age: int) -> bool:
    return (kind.age_from or 0) <= age and (kind.age_to is None or age <= kind.age_to)


def _covered(kind: KindTerms) -> frozenset[str]:
    return frozenset(_covered_classes(kind))


def _covered_classes(kind: KindTerms) -> Iterator[PovertyClass]:
    if kind.for_poor:
        yield PovertyClass.POOR
    if kind.for_near_poor:
        yield PovertyClass.NEAR_POOR


def _classes_in_words(kind: KindTerms) -> list[str]:
    words = [lower_first(each.label) for each in _covered_classes(kind)]
    if kind.escaped_months is not None:
        words.append(f"hộ mới thoát nghèo trong {kind.escaped_months} tháng")
    if kind.for_low_income:
        words.append("người lao động có thu nhập thấp")
    return words


def _window(kind: KindTerms, facts: RecipientFacts) -> Window | None:
    if kind.escaped_months is None or facts.escaped_on is None:
        return None
    return escape_window(facts.escaped_on, kind.escaped_months)
