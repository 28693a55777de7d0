"""Supports in words: recipients, quantities, kinds, and what was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import upper_first
from projects.models import Support, SupportKind
from projects.rules.eligibility import Judgement, who_in_words
from projects.support.selectors.recipients import Candidate
from projects.support.services.checks import earlier_text

TITLE = "Hỗ trợ đã cấp"
REGISTER = RegisterWords(
    "Sổ hỗ trợ",
    "hỗ trợ",
    "Hỗ trợ đã cấp",
    (
        "Mỗi dòng một đối tượng nhận: hộ theo mã hộ, người theo mã hộ và họ tên, hoặc một nhóm hộ.",
        "Dòng chưa chắc đủ điều kiện cần “Căn cứ xác nhận”; dòng đã nhận cùng loại trong kỳ cần “Lý"
        " do hỗ trợ lần nữa”.",
        "Các cột “Chủ hộ”, “Thôn, tổ dân phố”, “Đơn vị tính”, “Lý do thu hồi” chỉ để xem.",
    ),
)
KIND_REGISTER = RegisterWords(
    "Danh mục loại hỗ trợ",
    "loại hỗ trợ",
    "Loại hỗ trợ",
    (
        "Cùng mã là cùng một loại. Ô để trống giữ nguyên nội dung đã có.",
        "Cột “Mã dự án” và “Nhu cầu đáp ứng”: cách nhau bằng dấu chấm phẩy.",
        "Chưa đối chiếu với văn bản thì cột “Độ tin cậy” là “Chưa kiểm chứng”.",
    ),
)
UNKNOWN_CODE = "Không có hộ nào mang mã này trong phạm vi của bạn."
MOST_LISTED = 300
TOO_MANY = f"Quá {MOST_LISTED} đối tượng nhận. Chọn một thôn để thu hẹp danh sách."


@dataclass(frozen=True)
class KindLine:
    """A kind with its rules in words."""

    kind: SupportKind
    who: str
    projects: str


@dataclass(frozen=True)
class CandidateLine:
    """A candidate of a list to tick, and what was given before in words."""

    candidate: Candidate
    earlier: str
    is_ticked: bool

    @property
    def name(self) -> str:
        return self.candidate.name or self.candidate.household.code

    @property
    def judgement(self) -> Judgement:
        return self.candidate.judgement


def describe_kind(kind: SupportKind) -> KindLine:
    """Its component projects are fetched with it."""
    return KindLine(
        kind=kind,
        who=upper_first(who_in_words(kind)),
        projects=", ".join(str(project) for project in kind.projects.all()),
    )


def describe_candidates(
    found: Iterable[Candidate], ticked: set[str], *, names_health: bool
) -> list[CandidateLine]:
    return [
        CandidateLine(
            candidate=each,
            earlier="; ".join(
                earlier_text(support, names_health=names_health) for support in each.earlier
            ),
            is_ticked=each.value in ticked,
        )
        for each in found
    ]


def describe_given(support: Support, count: int) -> str:
    if count == 1:
        return f"Đã ghi hỗ trợ: {support.kind}."
    return f"Đã ghi {formatting.number(count)} hỗ trợ: {support.kind}."


def describe_delivered(supports: Sequence[Support]) -> str:
    return f"Đã ghi {formatting.number(len(supports))} hỗ trợ đã giao."


def describe_acknowledged(supports: Sequence[Support]) -> str:
    return f"Đã ghi {formatting.number(len(supports))} hỗ trợ đã ký nhận."


def describe_withdrawn(support: Support) -> str:
    return f"Đã thu hồi hỗ trợ: {support.kind}."


def ledger_title(year: int) -> str:
    return f"Sổ hỗ trợ đã cấp, đã duyệt năm {year}"


def ledger_made(ward: Area) -> str:
    return f"{ward.name}, lập ngày {formatting.day(clock.today())}"


def caption_of_ledger(conditions: Iterable[str]) -> str:
    """What the list holds and when it was made, in one line."""
    chosen = "; ".join(conditions) or "tất cả hỗ trợ trong năm"
    return f"Lọc: {chosen}; lập lúc {formatting.moment(clock.now())}."


def describe_export(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} dòng ({caption})"


NEW_KIND, EDIT_KIND = "Thêm loại hỗ trợ", "Sửa loại hỗ trợ"


def describe_kind_saved(kind: SupportKind) -> str:
    return f"Đã lưu loại hỗ trợ “{kind}”."
