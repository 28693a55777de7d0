"""What every act on a household shares: its day, the version it was decided on, its event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, cast

from django.core.exceptions import ValidationError
from django.db import models

from households.choices import CampaignKind, EventKind
from households.ledger.selectors.classes import last_village_change
from households.models import Decision, Household, HouseholdEvent
from povertyplan.core import clock
from povertyplan.core.journal import audit, history
from povertyplan.core.models import PeriodLock, User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text


@dataclass(frozen=True)
class SupportingDocument:
    """On what an act rests: the document that was shown, and a word about it."""

    document: str = ""
    note: str = ""


NO_DOCUMENT = SupportingDocument()


def begin_event(household: Household, *, version: int | None, on: date) -> None:
    """Take the household for one act: refuse a stale version, a closed household, a wrong day.

    Counting the version up at once makes a second act on the same household wait for this one.
    """
    faults = list(day_faults(household, on))
    if household.closed_on is not None:
        faults = [f"Hộ {household.code} đã ra khỏi sổ ngày {formatting.day(household.closed_on)}."]
    if faults:
        raise ValidationError(faults)
    versions.update(household, version=version)


def day_faults(household: Household, on: date) -> Iterator[str]:
    """Why nothing can have happened to a household on a day."""
    if on > clock.today():
        yield "Ngày xảy ra không được sau ngày hôm nay."
    elif on < household.opened_on:
        yield (
            f"Hộ {household.code} vào sổ ngày {formatting.day(household.opened_on)}, "
            "ngày xảy ra phải từ ngày này."
        )
    yield from locked_faults(household.ward_id, on)


def locked_faults(ward_id: int, on: date) -> Iterator[str]:
    """Who lives where counts in the figures of every later day, so those must be open."""
    locks = PeriodLock.objects.in_force().filter(ward=ward_id).reaching(on)
    if lock := locks.order_by("-year", "-last_month").first():
        yield f"Số liệu {lock.period_words} đã khóa, ngày xảy ra phải sau kỳ này."


def recognised_faults(ward_id: int, on: date) -> Iterator[str]:
    """Why a household cannot come onto a list on a day: a yearly result already told who is on it.

    A year that is over stays as it was recognised; in the present one the decision's day counts.
    """
    decisions = Decision.objects.in_force().filter(
        ward=ward_id, campaign__kind=CampaignKind.ANNUAL, effective_from__lte=clock.today()
    )
    latest = decisions.select_related("campaign").order_by("-effective_from").first()
    if latest is None:
        return
    year_end = date(latest.campaign.year, 12, 31)
    last = max(latest.effective_from, year_end if year_end < clock.today() else on.min)
    if on <= last:
        yield (
            f"Kết quả năm {latest.campaign.year} đã công nhận theo Quyết định số {latest.number}; "
            f"hộ có phân loại phải vào sổ sau ngày {formatting.day(last)}."
        )


def refuse_value(sentence: str, field: str | None = None) -> NoReturn:
    raise ValidationError({field: sentence} if field else sentence)


def name_column(model: type[models.Model], name: str) -> str:
    """A column in the words of a sentence: "số định danh cá nhân"."""
    column = cast(models.Field, model._meta.get_field(name))
    return str(column.verbose_name).lower()


def record_event(
    household: Household,
    kind: EventKind,
    *,
    on: date,
    summary: str,
    paper: SupportingDocument = NO_DOCUMENT,
    **links: object,
) -> HouseholdEvent:
    """Write the event of the act that is running, and its line in the journal.

    `links` are the event's person, other_household or from_village, the event it corrects, and
    what was unusual.
    """
    event = HouseholdEvent.objects.create(
        ward_id=household.ward_id,
        household=household,
        kind=kind,
        happened_on=on,
        recorded_at=clock.now(),
        recorded_by=history.current_writer().by,
        document=normalise_text(paper.document),
        note=normalise_text(paper.note),
        **links,
    )
    audit.record(household, f"{summary} Ngày xảy ra {formatting.day(on)}.", ward=household.ward)
    return event


def record_village_changes(
    households: Sequence[Household], *, on: date | None, note: str, by: User | None
) -> None:
    """Keep where households live before a list or its undoing puts them elsewhere; two queries.

    The day is not before they came into the village, nor in a year that is locked; None is the
    very day they came, which makes that a stay of no day.
    """
    if not households:
        return
    if on is not None and any(locked_faults(households[0].ward_id, on)):
        on = clock.today()
    came = last_village_change([household.pk for household in households])
    HouseholdEvent.objects.bulk_create(
        HouseholdEvent(
            ward_id=household.ward_id,
            household=household,
            kind=EventKind.VILLAGE_CHANGED,
            happened_on=max(
                day for day in (on, household.opened_on, came.get(household.pk)) if day is not None
            ),
            recorded_at=clock.now(),
            recorded_by=by,
            from_village_id=household.village_id,
            note=normalise_text(note)[:500],
        )
        for household in households
    )
