"""When each form that names households was made last, as which file and for which place."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.journal import access_log, audit
from povertyplan.core.models import Area, User
from reports.choices import FileFormat
from reports.models import PrintRun


@dataclass(frozen=True)
class Printout:
    """A form about to leave as files: its key, its formats, and whose households it names."""

    form: str
    formats: tuple[FileFormat, ...]
    ward: Area
    campaign: ReviewCampaign | None = None
    village: Area | None = None

    @property
    def format_labels(self) -> str:
        return ", ".join(each.label for each in self.formats)


@audit.business_act()
def record_print(*, printout: Printout, what: str, purpose: str, by: User) -> list[PrintRun]:
    """Write down that names of households leave the program, in which form and for what.

    Called before the file is handed out. `what` is the line of the access record.
    """
    access_log.record_access(
        by=by,
        ward=printout.ward,
        what=what,
        obj=printout.campaign or printout.ward,
        purpose=purpose,
    )
    at = clock.now()
    return PrintRun.objects.bulk_create(
        PrintRun(
            ward=printout.ward,
            village=printout.village,
            campaign=printout.campaign,
            form=printout.form,
            format=each,
            made_at=at,
            made_by=by,
        )
        for each in printout.formats
    )


def last_prints(
    campaign: ReviewCampaign, villages: Collection[int], *, for_ward: bool
) -> dict[str, PrintRun]:
    """The last print of each form of a review, among places whose forms the reader may have."""
    places = Q(village__in=villages)
    if for_ward:
        places |= Q(village=None)
    return _last_of_each(PrintRun.objects.filter(places, ward=campaign.ward_id, campaign=campaign))


def last_exports(ward: Area, forms: Collection[str]) -> dict[str, PrintRun]:
    """The last print of each table of persons of a ward."""
    return _last_of_each(PrintRun.objects.filter(ward=ward, campaign=None, form__in=forms))


def _last_of_each(runs: QuerySet[PrintRun]) -> dict[str, PrintRun]:
    latest_first = [F("made_at").desc(), F("pk").desc()]
    ranked = runs.alias(
        rank=Window(RowNumber(), partition_by=[F("form")], order_by=latest_first)
    ).filter(rank=1)
    return {run.form: run for run in ranked.select_related("ward", "village")}
