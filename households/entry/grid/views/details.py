"""What stands behind one row of the bulk entry: last time, members, note, who changed what."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from households.entry.survey.selectors.journal import journal_of_review
from households.entry.survey.selectors.rows import read_row
from households.ledger.selectors.members import members_of
from households.lookups import village_or_404
from households.models import Review
from povertyplan.core import clock

DETAILS = "households:review_grid_details"


@require_safe
@vary_on_headers("HX-Request")
def review_grid_details(request, pk, village_pk, review_pk):
    """A page of its own, or the part of it that the grid's panel shows."""
    row = village_or_404(request.user, pk, village_pk, DETAILS)
    reviews = Review.objects.visible_to(request.user).select_related("campaign", "village")
    review = get_object_or_404(reviews, pk=review_pk, campaign=row.campaign, village=row.village)
    found = read_row(review)
    context = {
        "campaign": row.campaign,
        "village": row.village,
        "row": found,
        "review": review,
        "members": members_of(found.household, clock.today()),
        "journal": journal_of_review(review),
    }
    template = "households/entry/review_grid_details.html"
    return render(request, f"{template}#details" if request.htmx else template, context)
