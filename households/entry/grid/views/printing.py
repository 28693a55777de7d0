"""The bulk entry of a village on paper: every household on A4 landscape, blank or as entered."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from households.entry.survey.selectors.rows import grid_rows
from households.ledger.selectors.standards import standard_rules
from households.lookups import village_or_404
from households.models import PovertyCause
from povertyplan.core import clock

PRINT = "households:review_grid_print"


@require_safe
def review_grid_print(request, pk, village_pk):
    """The whole village in the order and numbering of the grid; `?blank=1` has empty answers."""
    row = village_or_404(request.user, pk, village_pk, PRINT)
    indicators = standard_rules(row.campaign.standard).indicators
    rows = grid_rows(campaign=row.campaign, village=row.village)
    is_blank = "blank" in request.GET
    context = {
        "row": row,
        "campaign": row.campaign,
        "village": row.village,
        "indicators": indicators,
        "causes": list(PovertyCause.objects.all()),
        "lines": [_line(item, indicators, is_blank=is_blank) for item in rows],
        "remarks": [] if is_blank else [item for item in rows if item.has_remark],
        "flagged": any(item.review.needs_check for item in rows),
        "done": sum(item.review.is_done for item in rows),
        "is_blank": is_blank,
        "made_at": clock.now(),
    }
    return render(request, "households/entry/review_grid_print.html", context)


def _line(item, indicators, *, is_blank):
    review = item.review
    shown = review.is_done and not is_blank
    return {
        "item": item,
        "boxes": [shown and indicator.number in review.deprivations for indicator in indicators],
        "causes": ", ".join(str(cause.number) for cause in review.causes.all()) if shown else "",
        "is_shown": shown,
    }
