"""The minutes of a village's meeting (biên bản họp dân), filled in as far as is known."""

from collections.abc import Sequence

from households.campaign.procedure.presenters import minutes_text
from households.campaign.procedure.selectors.steps import steps_of
from households.entry.survey.selectors.reviews import head_name
from households.models import (
    CampaignVillage,
    Household,
    MeetingVote,
    ReviewCampaign,
    VillageMeeting,
)
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.printing import tree

from .frame import BLANK_PLACE, DOTS, LONG_DOTS, build_paper

BLANK_LINE, BLANK_LINES = "…" * 30, 8


def minutes(row: CampaignVillage) -> list[tree.DocumentTree]:
    """As many copies as the procedure asks for, each to be signed."""
    copies = row.campaign.procedure.minutes_copies if row.campaign.procedure else 1
    return [_minutes(row, copies)] * copies


def blank_minutes(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """Minutes to be written by hand."""
    copies = campaign.procedure.minutes_copies if campaign.procedure else 1
    lines = "\n".join([BLANK_LINE] * BLANK_LINES)
    return [_paper(campaign, BLANK_PLACE, None, lines, copies)]


def _minutes(row: CampaignVillage, copies: int) -> tree.DocumentTree:
    meeting = steps_of(row).meeting
    text = meeting.minutes if meeting else minutes_text(row)
    return _paper(row.campaign, str(row.village), meeting, text, copies)


def _paper(
    campaign: ReviewCampaign, place: str, meeting: VillageMeeting | None, text: str, copies: int
) -> tree.DocumentTree:
    total = formatting.two_digits(copies)
    return build_paper(
        campaign,
        kind="Biên bản",
        symbol="BB-BCĐ",
        subject=f"Họp dân về {lower_first(campaign.name)} tại {place}",
        year=meeting.held_on.year if meeting else campaign.year,
        signed_on=meeting.held_on if meeting else None,
        body=(*_opening(place, meeting), *_course(text), *_outcome(meeting)),
        closing=(
            f"Biên bản được lập thành {total} bản có giá trị như nhau, đọc cho mọi người cùng nghe "
            f"và thống nhất ký tên; {place} giữ một bản, Ban Chỉ đạo rà soát giữ một bản"
        ),
        co_signatures=(
            tree.Signature(("Thư ký",), meeting.secretary if meeting else ""),
            tree.Signature(("Đại diện hộ dân",)),
        ),
        signature=tree.Signature(("Chủ tọa",), meeting.chair if meeting else ""),
    )


def _opening(place: str, meeting: VillageMeeting | None) -> tree.Body:
    if meeting is None:
        facts = {"place": LONG_DOTS, "chair": LONG_DOTS, "secretary": LONG_DOTS, "people": DOTS}
        day = "Hôm nay, ngày …… tháng …… năm ………"
    else:
        facts = {
            "place": meeting.place,
            "chair": meeting.chair,
            "secretary": meeting.secretary,
            "people": formatting.two_digits(meeting.attendance),
        }
        day = f"Hôm nay, {formatting.long_day(meeting.held_on)}"
    return (
        tree.Paragraph(f"{day}, tại {facts['place']}, {place} tổ chức họp dân."),
        tree.Heading(1, "Thành phần"),
        tree.Dash(f"Chủ tọa: {facts['chair']}."),
        tree.Dash(f"Thư ký: {facts['secretary']}."),
        tree.Dash(f"Số người dự họp: {facts['people']} người (có danh sách kèm theo)."),
        tree.Dash("Mời Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp giám sát."),
    )


def _course(text: str) -> tree.Body:
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    return (
        tree.Heading(1, "Nội dung, diễn biến"),
        *(tree.Paragraph(line) for line in paragraphs),
    )


def _outcome(meeting: VillageMeeting | None) -> tree.Body:
    if meeting is None:
        agreed = f"Số người đồng ý: {DOTS} trên {DOTS} người dự họp, đạt {DOTS}%."
        return (tree.Heading(1, "Kết quả biểu quyết"), tree.Dash(agreed), *_votes(()))
    share = formatting.percent(formatting.rate(meeting.agreeing, meeting.attendance), None)
    agreed = (
        f"Số người đồng ý: {formatting.two_digits(meeting.agreeing)} trên "
        f"{formatting.two_digits(meeting.attendance)} người dự họp, đạt {share} "
        f"(mức phải đạt: từ {meeting.required_percent}%)."
    )
    votes = list(meeting.votes.select_related("review__household"))
    return (tree.Heading(1, "Kết quả biểu quyết"), tree.Dash(agreed), *_votes(votes))


def _votes(votes: Sequence[MeetingVote]) -> tree.Body:
    if not votes:
        return ()
    heads = Household.objects.with_head().filter(pk__in=[one.review.household_id for one in votes])
    names = {household.pk: head_name(household) for household in heads}
    return tuple(
        tree.Dash(
            f"Hộ {names[vote.review.household_id]} ({vote.review.household.code}): "
            f"{formatting.two_digits(vote.votes_for)} phiếu đồng ý, "
            f"{formatting.two_digits(vote.votes_against)} phiếu không đồng ý."
        )
        for vote in votes
    )
