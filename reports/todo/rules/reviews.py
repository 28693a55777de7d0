"""Tasks of a review: villages to enter and finish, results to submit and approve."""

from collections.abc import Iterator

from django.urls import reverse

from households.campaign.additions.presenters import describe_unlisted
from households.campaign.additions.selectors import unlisted_households
from households.campaign.progress import VillageProgress
from households.choices import CampaignStage
from households.models import ReviewCampaign
from povertyplan.core.text import formatting
from reports.todo.context import Detail, Task, TodoContext


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


def tasks_to_settle(desk: TodoContext) -> Iterator[Task]:
    """Households without a form: results stop until each joins the review or has a reason."""
    for campaign in desk.campaigns:
        found = unlisted_households(campaign)
        if found:
            yield Task(
                title=f"{formatting.number(len(found))} hộ chưa có trong đợt rà soát "
                f"năm {campaign.year}",
                reason=f"{campaign}: đưa vào đợt hoặc ghi lý do trước khi trình, công nhận.",
                url=_campaign_url("campaign_unlisted", campaign),
                action="Xem và xử lý",
                due_on=campaign.closes_on,
                details=tuple(
                    Detail(
                        label=f"{each.household.code} – {each.head_name}",
                        url=reverse("households:household_detail", args=[each.household.pk]),
                        note=describe_unlisted(each),
                    )
                    for each in found
                ),
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


def tasks_to_decide_cancellation(desk: TodoContext) -> Iterator[Task]:
    """A review that somebody else asked to cancel waits for the leader's word."""
    for campaign in desk.campaigns:
        if campaign.awaits_cancellation and campaign.cancel_requested_by_id != desk.user.pk:
            yield Task(
                title=f"Quyết định đề nghị hủy đợt rà soát năm {campaign.year}",
                reason=f"{campaign.cancel_requested_by} đề nghị lúc "
                f"{formatting.moment(campaign.cancel_requested_at)}: "
                f"{campaign.cancel_request_reason}",
                url=_campaign_url("campaign_cancel_decide", campaign),
                action="Xem và quyết định",
            )


def tasks_awaiting_cancellation(desk: TodoContext) -> Iterator[Task]:
    for campaign in desk.campaigns:
        if campaign.awaits_cancellation:
            yield Task(
                title=f"Lãnh đạo quyết định đề nghị hủy đợt rà soát năm {campaign.year}",
                reason=f"{campaign.cancel_requested_by} đề nghị lúc "
                f"{formatting.moment(campaign.cancel_requested_at)}.",
                url=_campaign_url("campaign_overview", campaign),
                action="Xem",
                waits_for_others=True,
            )


def _campaign_url(view: str, campaign: ReviewCampaign) -> str:
    return reverse(f"households:{view}", args=[campaign.pk])


def _village_url(view: str, campaign: ReviewCampaign, row: VillageProgress) -> str:
    return reverse(f"households:{view}", args=[campaign.pk, row.village.pk])
