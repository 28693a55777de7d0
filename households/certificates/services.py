"""Giving certificates their numbers: a village or the whole ward in one act."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from households.campaign.recognition.selectors.results import Result
from households.certificates.selectors import listed_households, next_number
from households.locks import lock_campaign
from households.models import Certificate, Decision, ReviewCampaign
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import search_key

LARGEST_NUMBER = 99_999
NOT_RECOGNISED = "Kết quả đợt rà soát chưa được công nhận nên chưa cấp số giấy chứng nhận."
NONE_WAITS = "Mọi hộ nghèo, hộ cận nghèo ở đây đã có số giấy chứng nhận."
DAY_TO_COME = "Ngày cấp không được sau hôm nay."


@dataclass(frozen=True)
class CertificateBatch:
    """Whose certificates are issued on a day; without a first number the next free one is."""

    campaign: ReviewCampaign
    village: Area | None
    issued_on: date
    first_number: int | None = None


@audit.business_act(label="Cấp số giấy chứng nhận hộ nghèo, hộ cận nghèo")
def issue_certificates(*, batch: CertificateBatch, key: str | None = None, by: User) -> Certificate:
    """Number the certificates that have none yet, one after the other; returns the first.

    Raises ValidationError keyed by field. A number stays the household's for its decision.
    """

    def create() -> Certificate:
        campaign = lock_campaign(batch.campaign)
        locks.wait_turn("certificate", campaign.ward_id)
        decision = campaign.decision
        if decision is None:
            raise ValidationError(NOT_RECOGNISED, code="locked")
        waiting = listed_households(campaign, decision).waiting(batch.village)
        first = batch.first_number or next_number(campaign.ward, batch.issued_on.year)
        if faults := issuing_faults(batch, decision, first, len(waiting)):
            raise ValidationError(faults)
        rows = Certificate.objects.bulk_create(_rows(waiting, decision, first, batch.issued_on, by))
        audit.record(decision, _in_words(batch, rows, by), ward=campaign.ward)
        return rows[0]

    content = {
        "campaign": batch.campaign.pk,
        "village": batch.village.pk if batch.village else None,
        "issued_on": batch.issued_on,
        "first_number": batch.first_number,
    }
    return once(
        key=key,
        act=issue_certificates.name,
        content=content,
        model=Certificate,
        create=create,
        by=by,
    )


def issuing_faults(
    batch: CertificateBatch, decision: Decision, first: int, count: int
) -> dict[str, str]:
    """Every fault of a batch at once, keyed by field."""
    faults = {
        "village": "" if count else NONE_WAITS,
        "issued_on": _day_fault(batch.issued_on, decision),
        "first_number": _number_fault(batch, decision, first, first + max(count, 1) - 1),
    }
    return {name: fault for name, fault in faults.items() if fault}


def _day_fault(issued_on: date, decision: Decision) -> str:
    if issued_on > clock.today():
        return DAY_TO_COME
    if issued_on < decision.decided_on:
        day = formatting.day(decision.decided_on)
        return f"Ngày cấp không được trước ngày {day} của Quyết định số {decision.number}."
    return ""


def _number_fault(batch: CertificateBatch, decision: Decision, first: int, last: int) -> str:
    if batch.first_number == 0 or last > LARGEST_NUMBER:
        return f"Số giấy chứng nhận từ 1 đến {formatting.number(LARGEST_NUMBER)}."
    year = batch.issued_on.year
    rows = Certificate.objects.filter(ward=decision.ward_id, year=year)
    taken = rows.filter(number__range=(first, last)).order_by("number").first()
    if taken is None:
        return ""
    given = f"{formatting.paper_number(first)} đến {formatting.paper_number(last)}"
    return (
        f"Cần các số từ {given}, nhưng số {formatting.paper_number(taken.number)} năm {year} "
        f"đã cấp ngày {formatting.day(taken.issued_on)}."
    )


def _rows(
    waiting: list[Result], decision: Decision, first: int, issued_on: date, by: User
) -> list[Certificate]:
    at = clock.now()
    return [
        Certificate(
            ward_id=decision.ward_id,
            household_id=one.household,
            decision=decision,
            number=number,
            year=issued_on.year,
            issued_on=issued_on,
            poverty_class=one.after,
            head_name=one.head,
            search_key=search_key(one.head),
            issued_by=by,
            issued_at=at,
        )
        for number, one in enumerate(waiting, start=first)
    ]


def _in_words(batch: CertificateBatch, rows: list[Certificate], by: User) -> str:
    first, last = (formatting.paper_number(row.number) for row in (rows[0], rows[-1]))
    return (
        f"{by} cấp số giấy chứng nhận cho {formatting.number(len(rows))} hộ của "
        f"{batch.village or batch.campaign.ward}, số {first} đến {last}, "
        f"ngày {formatting.day(batch.issued_on)}"
    )
