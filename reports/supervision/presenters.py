"""Findings in words: what they are about, how they stand, where that is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.urls import reverse
from django.utils.http import urlencode

from povertyplan.core.models import User
from povertyplan.core.text import formatting
from projects.models import WardProject
from reports.choices import FindingState
from reports.models import SupervisionFinding
from reports.supervision.services import may_answer, may_withdraw

NO_SUCH_FILE = "Không có tệp dạng này."
ANSWERED = "Đã gửi trả lời."
WITHDRAWN = "Đã rút kiến nghị. Nội dung và lý do được giữ lại."
OF_STATES = (
    (FindingState.LATE, "quá hạn trả lời"),
    (FindingState.WAITING, "chờ trả lời"),
    (FindingState.ANSWERED, "đã trả lời"),
    (FindingState.ANSWERED_LATE, "trả lời muộn"),
    (FindingState.WITHDRAWN, "đã rút"),
)


@dataclass(frozen=True)
class FindingLine:
    """A finding, what it is about, how it stands, and what its reader may do with it."""

    finding: SupervisionFinding
    about: str
    url: str
    state: FindingState
    may_answer: bool = False
    may_withdraw: bool = False


def finding_line(finding: SupervisionFinding, user: User, today: date) -> FindingLine:
    return FindingLine(
        finding=finding,
        about=describe_subject(finding),
        url=subject_url(finding),
        state=finding.state_on(today),
        may_answer=finding.is_open and may_answer(user, finding),
        may_withdraw=finding.withdrawn_at is None and may_withdraw(user, finding),
    )


def describe_subject(finding: SupervisionFinding) -> str:
    """What a finding is about; a household by its code, so that the annex names nobody."""
    household, indicator, posting = finding.household, finding.indicator, finding.posting
    if household is not None:
        return f"Hộ mã {household.code}, {household.village.name}"
    if indicator is not None:
        return f"Chỉ tiêu “{indicator.name}” năm {finding.year}"
    if posting is not None:
        day, year = formatting.day(posting.posted_on), posting.campaign.year
        return f"Niêm yết rà soát năm {year}, {posting.village.name}, từ ngày {day}"
    project = cast(WardProject, finding.ward_project)
    return f"{project.project}: {project.name}"


def subject_url(finding: SupervisionFinding) -> str:
    if finding.household_id is not None:
        return reverse("households:household_detail", args=[finding.household_id])
    if finding.indicator_id is not None:
        return reverse("reports:indicator_detail", args=[finding.indicator_id])
    if finding.posting is not None:
        return reverse("households:campaign_overview", args=[finding.posting.campaign_id])
    project = cast(WardProject, finding.ward_project)
    address = reverse("projects:project_detail", args=[project.project_id])
    return f"{address}?{urlencode({'year': finding.year})}"


def summary(lines: Sequence[FindingLine]) -> str:
    """ "5 kiến nghị: 1 quá hạn trả lời, 4 đã trả lời"."""
    counts = Counter(line.state for line in lines)
    parts = [f"{counts[each]} {text}" for each, text in OF_STATES if counts[each]]
    return f"{formatting.number(len(lines))} kiến nghị: {', '.join(parts)}." if parts else ""


def describe_recorded(finding: SupervisionFinding) -> str:
    day = formatting.day(finding.reply_by)
    return f"Đã gửi kiến nghị cho {finding.unit}, hạn trả lời {day}."
