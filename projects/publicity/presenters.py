"""Publications in words."""

from povertyplan.core.text import formatting
from projects.models import Publication
from projects.rules.publicity import days_missing

NOT_PLANNED = "Kế hoạch công khai không có việc này."


def describe_recorded(publication: Publication) -> str:
    sentence = f"Đã ghi công khai từ ngày {formatting.day(publication.posted_from)}."
    min_days = publication.rule.min_days
    missing = days_missing(publication.posted_from, publication.posted_to, min_days)
    if not missing:
        return sentence
    return f"{sentence} Còn thiếu {missing} ngày so với quy định ít nhất {min_days} ngày."


def describe_withdrawn(publication: Publication) -> str:
    return f"Đã bỏ lần công khai từ ngày {formatting.day(publication.posted_from)}."


def describe_period(year: int, number: int) -> str:
    """
    >>> describe_period(2026, 0), describe_period(2026, 4)
    ('Năm 2026', 'Quý IV/2026')
    """
    return formatting.quarter(year, number) if number else formatting.whole_year(year)
