"""What the pages of a Word file say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from povertyplan.core.text import formatting
from reports.choices import WordPart
from reports.models import Document, WordPassage, WordUpload
from reports.plans.word.data.presenters import DataOffer
from reports.plans.word.draft_parts import too_deep
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
DRAFTED = "Đã lập dự thảo kế hoạch {} từ tệp Word. Xem lại rồi viết tiếp."
KEPT_NUMBERS = (
    " {} đề mục sâu hơn ba cấp giữ số thứ tự trong câu; thêm, bớt mục thì sửa số bằng tay."
)


@dataclass(frozen=True)
class ShownPassage:
    """A passage beside its form, with what was recognised in it."""

    passage: WordPassage
    form: PassageForm
    facts: tuple[str, ...]
    remark: str
    is_out: bool
    offer: DataOffer | None = None

    @property
    def indent(self) -> int:
        return min(self.passage.level, 6)


def drafted(document: Document, passages: Sequence[WordPassage]) -> str:
    """What was written, and which numbers no longer follow when parts are moved."""
    deep = len(too_deep(passages))
    kept = KEPT_NUMBERS.format(formatting.number(deep)) if deep else ""
    return DRAFTED.format(document.subject) + kept


def discarded(upload: WordUpload) -> str:
    return f"Đã bỏ tệp {upload.file_name}."


@dataclass(frozen=True)
class PassageOverview:
    """All passages of a file: how many, what is left out, and where something is to be looked at.

    `remarks` has what is odd by the order of its passage.
    """

    total: int
    left_out: int
    remarks: dict[int, str]
    page_size: int

    @property
    def places(self) -> list[tuple[int, int]]:
        """The passages with a remark, each with the page it stands on."""
        return [(order, (order - 1) // self.page_size + 1) for order in self.remarks]


def overview_of(passages: Sequence[WordPassage], page_size: int) -> PassageOverview:
    """`passages` are all of one file, in order."""
    deep = {passages[at].order for at in too_deep(passages)}
    said = {one.order: _remark(one, one.order in deep) for one in passages}
    return PassageOverview(
        total=len(passages),
        left_out=sum(one.part == WordPart.LEFT_OUT for one in passages),
        remarks={order: remark for order, remark in said.items() if remark},
        page_size=page_size,
    )


def _remark(passage: WordPassage, is_deep: bool) -> str:
    return " ".join(filter(None, (passage.remark, TOO_DEEP if is_deep else "")))


def shown_passages(
    passages: Iterable[WordPassage],
    forms: dict[int, PassageForm],
    overview: PassageOverview,
    offers: Mapping[int, DataOffer],
) -> Iterator[ShownPassage]:
    """The passages of one page; `offers` says what each may become beside text."""
    for one in passages:
        is_out = one.part == WordPart.LEFT_OUT
        facts = () if is_out else facts_in(one.text)
        yield ShownPassage(
            one,
            forms[one.order],
            tuple(f"{FACTS[fact.kind]}: {fact.words}" for fact in facts),
            overview.remarks.get(one.order, ""),
            is_out,
            offers.get(one.order),
        )
