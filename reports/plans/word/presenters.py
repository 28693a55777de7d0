"""What the pages of a Word file say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.choices import WordPart
from reports.models import Document, WordPassage, WordUpload
from reports.plans.word.draft_parts import NUMBERED, NUMBERED_LEVELS
from reports.plans.word.forms import PassageForm
from reports.plans.word.reading.facts import FactKind, facts_in

SAVED = "Đã lưu lựa chọn của trang này."
NO_WARD = "Bạn không lập kế hoạch ở địa bàn này."
FACTS = {
    FactKind.PROJECT: "Dự án thành phần",
    FactKind.LEADS: "Chủ trì",
    FactKind.HELPS: "Phối hợp",
    FactKind.TARGET: "Chỉ tiêu",
    FactKind.DEADLINE: "Thời hạn",
}
TOO_DEEP = "Sâu hơn ba cấp I., 1., a): số thứ tự được giữ nguyên trong câu."


@dataclass(frozen=True)
class ShownPassage:
    """A passage beside its form, with what was recognised in it."""

    passage: WordPassage
    form: PassageForm
    facts: tuple[str, ...]
    remark: str
    is_out: bool

    @property
    def indent(self) -> int:
        return min(self.passage.level, 6)


def drafted(document: Document) -> str:
    return f"Đã lập dự thảo kế hoạch {document.subject} từ tệp Word. Xem lại rồi viết tiếp."


def discarded(upload: WordUpload) -> str:
    return f"Đã bỏ tệp {upload.file_name}."


def shown_passages(
    passages: Iterable[WordPassage], forms: dict[int, PassageForm]
) -> Iterator[ShownPassage]:
    """The passages of one page."""
    for one in passages:
        is_out = one.part == WordPart.LEFT_OUT
        facts = () if is_out else facts_in(one.text)
        is_deep = one.part in NUMBERED and one.level > NUMBERED_LEVELS
        yield ShownPassage(
            one,
            forms[one.order],
            tuple(f"{FACTS[fact.kind]}: {fact.words}" for fact in facts),
            " ".join(filter(None, (one.remark, TOO_DEEP if is_deep else ""))),
            is_out,
        )
