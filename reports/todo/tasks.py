"""The to-do list (việc cần làm): tasks that follow from the data and end when the data changes.

Nobody types a task. Each rule reads one kind of fact and gives the lines for one role.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from households.campaign.progress import VillageProgress, campaign_progress
from households.campaign.requests.selectors import listed_requests
from households.choices import CampaignStage, WindowRule
from households.ledger.selectors.classes import newly_escaped
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from projects.choices import TargetOperator
from projects.models import Target
from projects.targets.selectors import reported_of, targets_of
from reports.choices import DocumentKind, DocumentState
from reports.models import Document

SOON = timedelta(days=7)
WINDOW_NOTICE = timedelta(days=90)
FIRST_MONTH_TO_REPORT = 10
# The yearly report goes up before 1 December (Thông tư 10/2022/TT-BLĐTBXH).
LAST_DAY_TO_REPORT = (11, 30)


@dataclass(frozen=True)
class Detail:
    """One of the things a folded task stands for."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Task:
    """One line: what, why, by when, how far, and the button that opens the exact place.

    `waits_for_others` marks what somebody else has to do next.
    """

    title: str
    reason: str
    url: str
    action: str
    due_on: date | None = None
    done: int = 0
    total: int = 0
    details: tuple[Detail, ...] = ()
    waits_for_others: bool = False


@dataclass(frozen=True)
class TaskGroup:
    label: str
    tasks: tuple[Task, ...]


def build_todo(*, user: User, today: date) -> list[TaskGroup]:
    """The tasks of a user's roles, overdue first; groups without a task are left out."""
    if user.ward is None:
        return []
    desk = TodoContext(user, user.ward, today)
    rules = dict.fromkeys(rule for role in sorted(user.roles) for rule in RULES.get(role, ()))
    tasks = [task for rule in rules for task in rule(desk)]
    tasks.sort(key=lambda task: (task.due_on or date.max, task.title))
    labels = ("Quá hạn", "Trong 7 ngày tới", "Sắp tới", "Không có hạn", "Chờ người khác")
    groups = [
        TaskGroup(label, tuple(task for task in tasks if _label_of(task, today) == label))
        for label in labels
    ]
    return [group for group in groups if group.tasks]


def _label_of(task: Task, today: date) -> str:
    if task.waits_for_others:
        return "Chờ người khác"
    if task.due_on is None:
        return "Không có hạn"
    if task.due_on < today:
        return "Quá hạn"
    return "Trong 7 ngày tới" if task.due_on <= today + SOON else "Sắp tới"


class TodoContext:
    """What the rules read for one user on one day, each thing once."""

    def __init__(self, user: User, ward: Area, today: date):
        self.user, self.ward, self.today = user, ward, today

    @cached_property
    def campaigns(self) -> list[ReviewCampaign]:
        """The reviews that are not recognised yet, the latest first."""
        visible = ReviewCampaign.objects.visible_to(self.user).standing()
        running = visible.exclude(stage=CampaignStage.RECOGNISED).select_related("submitted_by")
        return list(running.order_by("-year", "-opens_on"))

    def in_stage(self, stage: CampaignStage) -> list[ReviewCampaign]:
        return [campaign for campaign in self.campaigns if campaign.stage == stage]

    @cached_property
    def progress(self) -> dict[int, list[VillageProgress]]:
        """The villages the user sees of each open review, by its id."""
        visible = CampaignVillage.objects.visible_to(self.user)
        return {
            campaign.pk: campaign_progress(campaign, villages=visible, on=self.today)
            for campaign in self.in_stage(CampaignStage.OPEN)
        }

    @cached_property
    def unreported(self) -> list[Target]:
        """Targets a unit has to report on by now and has not."""
        reported = reported_of(self.ward)
        last_year = self.today.year - (self.today.month < FIRST_MONTH_TO_REPORT)
        return [
            target
            for key, target in sorted(targets_of(self.ward).items(), key=_year_and_order)
            if target.year <= last_year
            and not target.indicator.query
            and target.operator != TargetOperator.QUALITATIVE
            and key not in reported
        ]


def _year_and_order(item) -> tuple[int, int]:
    _, target = item
    return target.year, target.indicator.order


# Reviews -----------------------------------------------------------------------------------


def tasks_to_enter(desk: TodoContext) -> Iterator[Task]:
    """A reviewer's villages, until each is finished."""
    for campaign in desk.in_stage(CampaignStage.OPEN):
        for row in desk.progress[campaign.pk]:
            if not row.is_finished:
                yield _village_task(campaign, row)


def _village_task(campaign: ReviewCampaign, row: VillageProgress) -> Task:
    if row.pending:
        return Task(
            title=f"Nhập kết quả rà soát: {row.village}",
            reason=f"{campaign}: còn {row.pending} hộ chưa nhập phiếu.",
            url=_village_url("review_grid", campaign, row),
            action="Nhập tiếp" if row.done else "Bắt đầu nhập",
            due_on=campaign.closes_on,
            done=row.done,
            total=row.total,
        )
    return Task(
        title=f"Xác nhận hoàn thành rà soát: {row.village}",
        reason=f"{campaign}: đã nhập đủ {row.total} phiếu.",
        url=_village_url("village_reviews", campaign, row),
        action="Xem và xác nhận",
        due_on=campaign.closes_on,
        done=row.done,
        total=row.total,
    )


def tasks_to_finish(desk: TodoContext) -> Iterator[Task]:
    """The villages of a ward that are not finished, folded into one line a review."""
    for campaign in desk.in_stage(CampaignStage.OPEN):
        rows = desk.progress[campaign.pk]
        unfinished = [row for row in rows if not row.is_finished]
        if unfinished:
            pending = sum(row.pending for row in unfinished)
            yield Task(
                title=f"{len(unfinished)} thôn, tổ dân phố chưa hoàn thành rà soát "
                f"năm {campaign.year}",
                reason=f"{campaign}: còn {formatting.number(pending)} hộ chưa nhập phiếu.",
                url=_campaign_url("campaign_overview", campaign),
                action="Xem tiến độ",
                due_on=campaign.closes_on,
                done=len(rows) - len(unfinished),
                total=len(rows),
                details=tuple(_village_detail(campaign, row) for row in unfinished),
            )


def _village_detail(campaign: ReviewCampaign, row: VillageProgress) -> Detail:
    note = f"{row.done}/{row.total} phiếu" + (", chậm so với thời gian" if row.is_late else "")
    return Detail(
        label=str(row.village), url=_village_url("village_reviews", campaign, row), note=note
    )


def tasks_to_submit(desk: TodoContext) -> Iterator[Task]:
    """A review whose villages are all finished is ready for the leader."""
    for campaign in desk.in_stage(CampaignStage.OPEN):
        rows = desk.progress[campaign.pk]
        if rows and all(row.is_finished for row in rows):
            yield Task(
                title=f"Trình kết quả rà soát năm {campaign.year}",
                reason=f"{campaign}: cả {len(rows)} thôn, tổ dân phố đã hoàn thành.",
                url=_campaign_url("campaign_submit", campaign),
                action="Kiểm tra và trình",
                due_on=campaign.closes_on,
            )


def tasks_to_correct(desk: TodoContext) -> Iterator[Task]:
    """A review that the leader sent back, with the leader's reason."""
    for campaign in desk.in_stage(CampaignStage.OPEN):
        if campaign.return_reason:
            yield Task(
                title=f"Chỉnh sửa kết quả rà soát năm {campaign.year} bị trả lại",
                reason=f"Lý do trả lại: {campaign.return_reason}",
                url=_campaign_url("campaign_overview", campaign),
                action="Xem và sửa",
                due_on=campaign.closes_on,
            )


def tasks_awaiting_approval(desk: TodoContext) -> Iterator[Task]:
    for campaign in desk.in_stage(CampaignStage.SUBMITTED):
        yield Task(
            title=f"Lãnh đạo phê duyệt kết quả rà soát năm {campaign.year}",
            reason=f"{campaign.submitted_by} trình lúc {formatting.moment(campaign.submitted_at)}.",
            url=_campaign_url("campaign_overview", campaign),
            action="Xem",
            waits_for_others=True,
        )


def tasks_to_approve(desk: TodoContext) -> Iterator[Task]:
    """Results that wait for the leader's decision."""
    for campaign in desk.in_stage(CampaignStage.SUBMITTED):
        yield Task(
            title=f"Phê duyệt kết quả rà soát năm {campaign.year}",
            reason=f"{campaign.submitted_by} trình lúc {formatting.moment(campaign.submitted_at)}.",
            url=_campaign_url("campaign_recognise", campaign),
            action="Xem và duyệt",
            due_on=campaign.closes_on,
        )


# Windows, documents, targets ---------------------------------------------------------------


def tasks_for_ending_windows(desk: TodoContext) -> Iterator[Task]:
    """Newly escaped households whose 36 months end within 90 days."""
    ending = [
        escaped
        for escaped in newly_escaped(ward=desk.ward, on=desk.today)
        if escaped.window.ends_on <= desk.today + WINDOW_NOTICE
    ]
    if ending:
        first_day, last_day = ending[0].window.ends_on, ending[-1].window.ends_on
        yield Task(
            title=f"{len(ending)} hộ mới thoát nghèo sắp hết thời hạn 36 tháng",
            reason=f"Thời hạn đến hết ngày {_days(first_day, last_day)}; rà soát chính sách các hộ "
            "đang được hưởng.",
            url=f"{reverse('households:window_list')}?"
            + urlencode({"leaving": WINDOW_NOTICE.days, "rule": WindowRule.PROGRAMME.value}),
            action="Xem danh sách",
            due_on=first_day,
        )


def tasks_for_requests(desk: TodoContext) -> Iterator[Task]:
    """Requests of households that no review has taken in yet."""
    waiting = list(listed_requests(desk.user, ""))
    if waiting:
        yield Task(
            title=f"{len(waiting)} giấy đề nghị rà soát chưa giải quyết",
            reason=f"Nhận sớm nhất ngày {formatting.day(waiting[0].received_on)}; đưa vào đợt "
            "rà soát hoặc ghi lý do không giải quyết.",
            url=reverse("households:request_list"),
            action="Xem giấy đề nghị",
        )


def _days(first: date, last: date) -> str:
    days = formatting.day(first)
    return days if first == last else f"{days} (hộ sớm nhất), {formatting.day(last)} (hộ muộn nhất)"


def tasks_to_check_drafts(desk: TodoContext) -> Iterator[Task]:
    """Plans and reports without number and date, with their doubts at the end of their page."""
    for document in _documents(desk, DocumentState.DRAFT):
        yield Task(
            title=f"Xem lại dự thảo {_named(document)}",
            reason="Số liệu và lời văn; các điểm cần kiểm tra ghi ngay trên trang dự thảo.",
            url=_document_url(document),
            action="Mở dự thảo",
        )


def tasks_to_sign(desk: TodoContext) -> Iterator[Task]:
    for document in _documents(desk, DocumentState.SUBMITTED):
        yield Task(
            title=f"Ký ban hành {_named(document)}",
            reason="Văn bản đã trình ký.",
            url=_document_url(document),
            action="Xem văn bản",
        )


def _documents(desk: TodoContext, state: DocumentState) -> Iterable[Document]:
    return Document.objects.visible_to(desk.user).filter(ward=desk.ward, state=state)


def _named(document: Document) -> str:
    years = formatting.years(document.year_from, document.year_to)
    return f"{document.get_kind_display().lower()} {years}"


def _document_url(document: Document) -> str:
    view = "plan_detail" if document.kind == DocumentKind.PLAN else "report_detail"
    return reverse(f"reports:{view}", args=[document.pk])


def tasks_to_report(desk: TodoContext) -> Iterator[Task]:
    """The targets of a reporter's units that lack a figure, one line a year."""
    units = {unit.pk for unit in desk.user.units}
    own = [target for target in desk.unreported if target.indicator.owner_id in units]
    return _target_tasks(own, "Báo cáo kết quả")


def tasks_to_collect(desk: TodoContext) -> Iterator[Task]:
    """The same for the whole ward, for who consolidates."""
    return _target_tasks(desk.unreported, "Đôn đốc báo cáo kết quả")


def _target_tasks(targets: list[Target], verb: str) -> Iterator[Task]:
    for year in sorted({target.year for target in targets}):
        lacking = [target for target in targets if target.year == year]
        url = f"{reverse('reports:target_list')}?year={year}"
        yield Task(
            title=f"{verb} {len(lacking)} chỉ tiêu năm {year}",
            reason="Đơn vị theo dõi chưa có số liệu thực hiện.",
            url=url,
            action="Xem chỉ tiêu",
            due_on=date(year, *LAST_DAY_TO_REPORT),
            details=tuple(
                Detail(
                    label=target.indicator.name,
                    url=reverse("reports:actual_edit", args=[target.indicator_id, year]),
                    note=target.indicator.owner.name if target.indicator.owner else "",
                )
                for target in lacking
            ),
        )


def _campaign_url(view: str, campaign: ReviewCampaign) -> str:
    return reverse(f"households:{view}", args=[campaign.pk])


def _village_url(view: str, campaign: ReviewCampaign, row: VillageProgress) -> str:
    return reverse(f"households:{view}", args=[campaign.pk, row.village.pk])


RULES: dict[str, tuple[Callable[[TodoContext], Iterable[Task]], ...]] = {
    Role.COORDINATOR: (
        tasks_to_finish,
        tasks_to_submit,
        tasks_to_correct,
        tasks_awaiting_approval,
        tasks_for_requests,
        tasks_for_ending_windows,
        tasks_to_check_drafts,
        tasks_to_collect,
    ),
    Role.ENTRY_OFFICER: (tasks_to_enter,),
    Role.UNIT_REPORTER: (tasks_to_report,),
    Role.LEADER: (tasks_to_approve, tasks_to_sign),
}
