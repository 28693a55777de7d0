"""Word files that were sent, and what of them is shown."""

from povertyplan.core.models import Area, Unit, User
from reports.models import WordPassage, WordUpload
from reports.plans.word.draft_parts import unit_key

MOST_OFFERED = 20


def waiting_uploads(ward: Area, user: User) -> list[WordUpload]:
    """The files of a ward from which no draft was written yet, the newest first.

    One more than is offered, where there are more.
    """
    uploads = WordUpload.objects.visible_to(user).filter(ward=ward, document=None)
    return list(uploads.select_related("sent_by").order_by("-sent_at")[: MOST_OFFERED + 1])


def units_by_key(ward: Area) -> dict[str, Unit]:
    """The units of a ward by the names under which plans know them."""
    units = Unit.objects.current().filter(ward=ward)
    short = {unit_key(unit.short_name): unit for unit in units if unit.short_name}
    return short | {unit_key(unit.name): unit for unit in units}


def passages_of(upload: WordUpload) -> list[WordPassage]:
    """The passages of a file, with what was entered from them in other registers."""
    rows = upload.passages.select_related("target", "ward_project__project__programme")
    return list(rows.order_by("order"))
