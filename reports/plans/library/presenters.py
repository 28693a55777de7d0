"""What the pages of the library show and say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from povertyplan.core.text.vietnamese import upper_first
from reports.models import Document, DocumentBasis, LegalDocument
from reports.plans.builder import basis_text
from reports.plans.library.wording import standing_words

NO_WARD = "Tài khoản này không làm việc ở địa bàn nào có thư viện văn bản."
NEW, EDIT = "Thêm văn bản căn cứ", "Sửa văn bản căn cứ"
CITED = "Đã đưa văn bản đã chọn vào căn cứ của dự thảo."
NOT_HOLDING = "Xem lại căn cứ: {}."


def saved(act: LegalDocument) -> str:
    return f"Đã lưu {act}."


@dataclass(frozen=True)
class ShownAct:
    """An act as a basis names it, and why it does not hold today."""

    act: LegalDocument
    name: str
    warning: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether anybody wrote down since when it holds."""
        return bool(self.act.valid_from or self.act.dated_on)


def shown_acts(acts: Iterable[LegalDocument], on: date) -> Iterator[ShownAct]:
    for act in acts:
        yield ShownAct(act, act_name(act), upper_first(standing_words(act, on)))


def act_name(act: LegalDocument) -> str:
    """An act in full, as it is printed among the bases."""
    named = {name: getattr(act, name) for name in ("kind", "number", "dated_on", "issuer", "title")}
    return basis_text(DocumentBasis(**named))


def act_labels(
    acts: Iterable[LegalDocument], document: Document, on: date
) -> list[tuple[int, str]]:
    """The acts to choose from, without those that the draft cites; what does not hold says so."""
    cited = set(document.bases.values_list("legal", flat=True))
    labels = []
    for act in acts:
        warning = standing_words(act, on)
        if act.pk not in cited:
            labels.append((act.pk, act_name(act) + (f" ({warning})" if warning else "")))
    return labels


def warnings_of(acts: Sequence[LegalDocument], on: date) -> str:
    """Which of the chosen acts do not hold on the document's day; empty where all do."""
    said = [f"{act} {words}" for act in acts if (words := standing_words(act, on))]
    return NOT_HOLDING.format("; ".join(said)) if said else ""
