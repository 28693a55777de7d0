"""Insurance and schooling in words: counts, titles, what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from households.choices import FactState, FactTopic
from households.models import PersonFact
from households.person_facts.selectors import FormContradiction
from povertyplan.core.platform import versions
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting

NOT_WRITER = "Bạn không ghi được bảo hiểm y tế, đi học của hộ này."
TITLE = "Bảo hiểm y tế, đi học của từng người"
MOST_SHOWN = 80
REGISTER = RegisterWords(
    "Bảo hiểm y tế, đi học",
    "người",
    "Bảo hiểm y tế, đi học",
    (
        "Mỗi dòng một thành viên của hộ; ô trống là không ghi, vẫn giữ như đã có.",
        "Người không có trong tệp vẫn là chưa hỏi.",
        "Cùng một người, cùng ngày mà ghi khác thì số cũ được sửa và giữ trong nhật ký.",
    ),
)


@dataclass(frozen=True)
class StateCount:
    """How many members stand in a state, as a link to them."""

    label: str
    count: int
    url: str
    is_asked_for: bool


def state_counts(
    counts: Mapping[FactState, int], topic: str, village: int | None, asked: str
) -> list[StateCount]:
    """The states that somebody is in; who has and who has not always stand there."""
    always = (FactState.YES, FactState.NO, FactState.NOT_ASKED)
    place = {"topic": topic, "village": village or ""}
    return [
        StateCount(
            state.label, number, f"?{urlencode(place | {'state': state.value})}", state == asked
        )
        for state, number in counts.items()
        if number or state in always
    ]


def describe_recorded(facts: Sequence[PersonFact]) -> str:
    if not facts:
        return versions.NOTHING_CHANGED
    persons = len({fact.person_id for fact in facts})
    return f"Đã ghi cho {formatting.number(persons)} người."


def describe_export(count: int, caption: str) -> str:
    where = f" ({caption})" if caption else ""
    return f"Tải danh sách bảo hiểm y tế, đi học{where}: {formatting.number(count)} người"


def other_topic(topic: str) -> FactTopic:
    return next(each for each in FactTopic if each != topic)


def describe_contradiction(found: FormContradiction) -> str:
    """Both sides and what to do; which of them is right only a look at the household says."""
    year, name = found.form.campaign.year, found.indicator
    if found.is_deprived:
        said = f"thiếu hụt chỉ số {name}, nhưng mọi thành viên thuộc diện tính được ghi là có"
    else:
        who = ", ".join(found.names)
        said = f"không thiếu hụt chỉ số {name}, nhưng được ghi là chưa có, chưa đúng: {who}"
    return f"Phiếu rà soát năm {year} ghi hộ {said}. Kiểm tra lại phiếu hoặc từng người."
