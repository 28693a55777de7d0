"""What a sentence says that a plan knows as data: a target, who leads, who helps, a deadline.

Pure. Shown beside the sentence for whoever confirms it; the sentence stays as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 90
_UNITS = r"%|hộ\b|người\b|mô hình\b|lớp\b|nhà\b|trẻ\b|lao động\b|tỷ đồng|triệu đồng"
# A number is begun at its first digit only: a long row of groups would else be tried from each.
_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_TARGET = re.compile(
    r"(?:(?P<before>từ|ít nhất|tối thiểu|đạt|trên|dưới|không quá|tối đa|giảm|tăng)"
    r"\s+(?:[\w ]{0,12}?)?)?"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})(?P<after>\s+trở (?:lên|xuống))?",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|hoàn thành trong|định kỳ|hằng|hàng)\s+(?:là\s+)?(?:ngày\s+)?"
    r"(?:\d{1,2}(?:/\d{1,2}(?:/\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)|quý\b(?:\s+[IV]+)?"
    r"|tháng\b(?:\s+\d{1,2})?|6 tháng|năm\s+20\d\d)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:(?:Đơn vị|Cơ quan)\s+(?:thực hiện|chủ trì)\s*:\s*(?P<named>[^.;]+))"
    r"|(?:^|:\s*)(?P<said>[^:.;]{4,90}?)\s+chủ trì\b"
)
_HELPS = re.compile(
    r"(?:(?:Đơn vị|Cơ quan)\s+phối hợp\s*:\s*(?P<named>[^.]+))"
    r"|phối hợp(?:\s+với|:)\s+(?P<said>[^.;]+?)"
    r"(?=\s+(?:để|tổ chức|tham mưu|xây dựng|triển khai)\b|[.;]|$)",
    re.IGNORECASE,
)
_PROJECT = re.compile(r"(?:Tiểu dự án|Dự án)\s+\d{1,2}\b")


class FactKind(StrEnum):
    """What is recognised in a sentence."""

    PROJECT = "project"
    LEADS = "leads"
    HELPS = "helps"
    TARGET = "target"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class WordFact:
    """A piece of a sentence, in its own words."""

    kind: FactKind
    words: str


def facts_in(text: str) -> tuple[WordFact, ...]:
    """What a sentence says that is data, in reading order of its kinds.

    >>> [fact.words for fact in facts_in("Trạm Y tế chủ trì; từ 80% trở lên trẻ được khám.")]
    ['Trạm Y tế', 'từ 80% trở lên']
    """
    return tuple(_facts(text))


def _facts(text: str) -> Iterator[WordFact]:
    if found := _PROJECT.match(text):
        yield WordFact(FactKind.PROJECT, found.group())
    for kind, shape in ((FactKind.LEADS, _LEADS), (FactKind.HELPS, _HELPS)):
        if found := shape.search(text):
            words = (found["named"] or found["said"]).strip()
            yield WordFact(kind, words if len(words) <= LONGEST else f"{words[:LONGEST]}…")
    for found in list(_TARGET.finditer(text))[:3]:
        if found["before"] or found["after"] or found["number"] == "100":
            yield WordFact(FactKind.TARGET, found.group().strip())
    if found := _DEADLINE.search(text):
        yield WordFact(FactKind.DEADLINE, found.group())
