"""The canaries of what surrounds a review: meetings, lists posted, complaints, events, imports."""

from datetime import date

from households.choices import (
    EventKind,
    ImportRowState,
    ImportStage,
    RequestChannel,
    RequestKind,
    ScanKind,
)
from households.intake.staging.services import change_layouts, read_import, start_import
from households.models import (
    Complaint,
    Holiday,
    HouseholdEvent,
    ImportBatch,
    ImportChange,
    ImportRow,
    MeetingScan,
    MeetingVote,
    Posting,
    Review,
    ReviewDraft,
    ReviewRequest,
    ScanContent,
    VillageMeeting,
)
from households.rules.import_rows import RowPlan, StagedCell
from povertyplan.core import clock
from tests.access.canaries import fill, number, text

HELD_ON = date(2026, 10, 5)


def add(ward, officer) -> None:
    """Put one of each in a ward and its villages."""
    for village in ward.villages:
        _steps(ward, village, officer)
        HouseholdEvent.objects.create(
            ward=ward.area,
            household=village.first,
            kind=EventKind.CORRECTED,
            happened_on=HELD_ON,
            recorded_at=clock.now(),
            recorded_by=officer,
            **fill(HouseholdEvent, village.side),
        )
    _import(ward, officer)
    _list_being_read(ward, officer)
    _drafts(ward, officer)
    ward.holiday = Holiday.objects.create(
        ward=ward.area, year=2026, **fill(Holiday, ward.side, month=10, day=6)
    )


def _steps(ward, village, officer) -> None:
    """A meeting and a posting that no longer stand, so that every stage stays as it is."""
    campaign, side = ward.campaigns["submitted"], village.side
    recorded = {"recorded_by": officer, "recorded_at": clock.now(), "stands": False}
    place = {"ward": ward.area, "campaign": campaign, "village": village.area}
    low = number(side) // 100 * 100
    meeting = VillageMeeting.objects.create(
        held_on=HELD_ON,
        **place,
        **recorded,
        **fill(VillageMeeting, side, agreeing=low, attendance=low + 99, required_percent=50),
    )
    MeetingVote.objects.create(
        ward=ward.area,
        meeting=meeting,
        review=Review.objects.get(campaign=campaign, household=village.second),
        **fill(MeetingVote, side, votes_for=low, votes_against=0),
    )
    scan = MeetingScan.objects.create(
        meeting=meeting,
        kind=ScanKind.PNG,
        added_by=officer,
        added_at=clock.now(),
        **place,
        **fill(MeetingScan, side),
    )
    ScanContent.objects.create(scan=scan, data=f"\x89PNG {text(side)}".encode())
    ReviewRequest.objects.create(
        ward=ward.area,
        village=village.area,
        kind=RequestKind.REVIEW,
        channel=RequestChannel.POST,
        received_on=HELD_ON,
        received_by=officer,
        recorded_at=clock.now(),
        **fill(ReviewRequest, side, closing_reason=""),
    )
    posting = Posting.objects.create(
        posted_on=HELD_ON, until=date(2026, 10, 10), **place, **recorded, **fill(Posting, side)
    )
    Complaint.objects.create(
        ward=ward.area,
        village=village.area,
        posting=posting,
        household=village.second,
        received_on=HELD_ON,
        **fill(Complaint, side, answer=""),
    )


def _import(ward, officer) -> None:
    batch = ImportBatch.objects.create(
        ward=ward.area,
        layouts=[],
        left_out=[],
        created_by=officer,
        created_at=clock.now(),
        written_by=officer,
        written_at=clock.now(),
        **fill(ImportBatch, ward.side, stage=ImportStage.WRITTEN),
    )
    for village in ward.villages:
        ImportRow.objects.create(
            ward=ward.area,
            batch=batch,
            cells={"name": StagedCell(raw=text(village.side))},
            issues=[],
            plan=RowPlan(),
            state=ImportRowState.values[0],
            **fill(ImportRow, village.side),
        )


def _list_being_read(ward, officer) -> None:
    """A list with one person, read and not yet written."""
    name, village = text(ward.side), ward.villages[0].area.name
    rows = [
        "STT hộ,Họ tên chủ hộ,Họ tên thành viên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Thôn",
        f"1,{name},{name},Chủ hộ,01/01/1980,Nam,{village}",
    ]
    batch = start_import(
        ward=ward.area, content="\n".join(rows).encode(), name=f"{name}.csv", by=officer
    )
    batch = change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={each.sheet: each.columns for each in batch.layouts},
        version=batch.version,
        by=officer,
    )
    batch = read_import(batch=batch, version=batch.version, by=officer)
    ImportChange.objects.create(
        ward=ward.area,
        batch=batch,
        made_by=officer,
        made_at=clock.now(),
        **fill(ImportChange, ward.side),
    )


def _drafts(ward, officer) -> None:
    """A form sent from a phone for each village's first household."""
    for village in ward.villages:
        review = Review.objects.get(campaign=ward.campaigns["open"], household=village.first)
        ReviewDraft.objects.create(
            ward=ward.area,
            review=review,
            owner=officer,
            updated_at=clock.now(),
            sent_at=clock.now(),
            **fill(ReviewDraft, village.side),
        )
