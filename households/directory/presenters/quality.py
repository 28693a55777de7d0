"""The checks of the data-quality page and their findings, in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from households.directory.selectors.findings import (
    ClassFault,
    Contradictions,
    JoinedUnborn,
    LackingBasis,
    LastForm,
    QualityFinding,
    SameName,
    ScoreFault,
    UnequalTotals,
    VillagesWithoutTotals,
)
from households.directory.selectors.quality import CheckResult
from households.rules.people.birth_dates import write_birth
from povertyplan.core.text import formatting

NO_CHECK = "Không có mục kiểm tra này."
MEMBER_FIX = "Mở trang của hộ, sửa thông tin thành viên theo giấy tờ."
FORM_FIX = "Mở phiếu rà soát, sửa điểm hoặc ghi lý do."
COUNTED = {
    "households": "hộ",
    "persons": "nhân khẩu",
    "minority_households": "hộ dân tộc thiểu số",
    "minority_persons": "nhân khẩu dân tộc thiểu số",
}


@dataclass(frozen=True)
class QualityCheck:
    """A check as the page names it, and how a finding is put right."""

    key: str
    title: str
    fix: str
    describe: Callable[[Any], str]


def present_results(results: Iterable[CheckResult]) -> list[tuple[QualityCheck, int]]:
    return [(CHECKS[result.key], result.count) for result in results]


def present_findings(
    check: QualityCheck, findings: Iterable[QualityFinding]
) -> list[tuple[QualityFinding, str]]:
    return [(finding, _sentence(check, finding)) for finding in findings]


def _sentence(check: QualityCheck, finding: QualityFinding) -> str:
    sentence = check.describe(finding.facts)
    return f"Phiếu năm {finding.year}: {sentence}" if finding.year else sentence


def _contradictions(facts: Contradictions) -> str:
    return " ".join(facts.sentences)


def _unborn(facts: JoinedUnborn) -> str:
    return (
        f"Sinh {write_birth(facts.birth_date, facts.birth_precision)}, ghi "
        f"vào hộ từ ngày {formatting.day(facts.joined_on)}, trước khi sinh."
    )


def _same_name(facts: SameName) -> str:
    return f"Cùng họ tên, ngày sinh với người ở hộ {', '.join(facts.codes)}."


def _class_fault(facts: ClassFault) -> str:
    if facts.computed is None:
        return facts.refusal
    reason = f" Lý do đã ghi: {facts.reason}" if facts.reason else ""
    return (
        f"Ghi nhận {facts.recorded.label.lower()}, điểm số tính ra "
        f"{facts.computed.label.lower()}.{reason}"
    )


def _score_fault(facts: ScoreFault) -> str:
    return (
        f"Điểm B2 ghi {facts.recorded}, {facts.deprivations} chỉ số "
        f"thiếu hụt tính ra {facts.expected}."
    )


def _last_form(facts: LastForm) -> str:
    return f"Phiếu gần nhất ngày {formatting.day(facts.on)}." if facts.on else "Chưa có phiếu nào."


def _lacking_basis(facts: LackingBasis) -> str:
    if facts.is_decided:
        return "Chưa có phiếu với điểm B1, B2."
    if facts.is_scored:
        return "Chưa ghi quyết định công nhận."
    return "Chưa ghi quyết định công nhận; chưa có phiếu với điểm B1, B2."


def _totals(facts: VillagesWithoutTotals | UnequalTotals) -> str:
    day = formatting.day(facts.on)
    if isinstance(facts, VillagesWithoutTotals):
        return f"Ngày {day}: {facts.count} thôn, tổ dân phố chưa có tổng số hộ."
    return (
        f"Ngày {day}: tổng số {COUNTED[facts.counted]} của các thôn là "
        f"{formatting.number(facts.in_villages)}, "
        f"của {facts.ward} là {formatting.number(facts.in_ward)}."
    )


CHECKS = {
    check.key: check
    for check in (
        QualityCheck(
            "head",
            "Hộ chưa có chủ hộ",
            "Mở trang của hộ, chọn chủ hộ.",
            lambda _: "Chưa có chủ hộ.",
        ),
        QualityCheck(
            "no-id",
            "Thành viên chưa có số định danh (CCCD)",
            "Mở trang của hộ, ghi số định danh. Trẻ mới sinh có thể chưa có số.",
            lambda _: "Chưa có số định danh cá nhân.",
        ),
        QualityCheck(
            "id",
            "Số định danh không khớp giới tính, năm sinh",
            MEMBER_FIX,
            _contradictions,
        ),
        QualityCheck("dates", "Vào hộ, rời hộ trước ngày sinh", MEMBER_FIX, _unborn),
        QualityCheck(
            "duplicates",
            "Người trùng họ tên, ngày sinh",
            "Đối chiếu hai hộ; nếu là một người, giữ ở hộ đang ở.",
            _same_name,
        ),
        QualityCheck("class", "Phân loại không khớp điểm rà soát", FORM_FIX, _class_fault),
        QualityCheck(
            "b2",
            "Điểm B2 không bằng tổng điểm các chỉ số thiếu hụt",
            FORM_FIX,
            _score_fault,
        ),
        QualityCheck(
            "unseen",
            "Hộ nghèo, cận nghèo chưa được rà soát trong 12 tháng",
            "Nhập phiếu của hộ; chưa có đợt rà soát thì mở đợt, hộ tự có trong danh sách.",
            _last_form,
        ),
        QualityCheck(
            "basis",
            "Hộ nghèo, cận nghèo chưa có quyết định hoặc chưa có điểm",
            "Công nhận kết quả bằng một đợt rà soát; ghi vào sổ kèm giấy tờ chỉ là tạm thời.",
            _lacking_basis,
        ),
        QualityCheck(
            "totals",
            "Tổng số hộ của các thôn không khớp với phường, xã",
            "Sửa số ở trang Tổng số hộ, nhân khẩu, kèm nguồn số liệu.",
            _totals,
        ),
    )
}
