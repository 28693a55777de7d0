"""What the page of the bulk entry and its script know of a row."""

from households.entry.grid.forms import Entry
from povertyplan.core.text import formatting


def saved_entries(rows, options):
    return [Entry.saved(row, options) for row in rows]


def posted_entries(rows, options, data):
    """The lines that a plain form sent, found by the form's own number wherever it stands now."""
    return [Entry.posted(row, options, data) for row in rows if f"v{row.review.pk}" in data]


def row_data(row, needs):
    """One household for the script: no name and no personal number leaves the page with it.

    `needs` are the answers of `answers_in`.
    """
    saved = saved_data(row.saved)
    return {
        **saved,
        "values": {**saved["values"], "needs": needs.get(row.review.household_id)},
        "before": row.label_before,
        "earlier": _earlier(row.earlier),
        "movements": row.movements(),
    }


def saved_data(row):
    """What a save changes of a household; what held before the campaign the script has already."""
    review = row.review
    return {
        "review": review.pk,
        "version": review.version,
        "values": _values(review),
        "recorded": review.recorded_class,
        "differs": review.recorded_class != review.computed_class,
        "hasChangedClass": row.has_changed_class,
        "warnings": row.warnings,
        "confirmed": review.warnings_confirmed_at is not None,
        "who": str(review.updated_by) if review.updated_by else "",
        "time": formatting.moment(review.updated_at) if review.updated_at else "",
    }


def _values(review):
    """What can be typed in a row."""
    return {**_answers(review), "note": review.note, "flag": review.needs_check}


def _answers(review):
    """Score, deprived indicators (None while nobody has answered) and causes."""
    return {
        "score": review.income_score,
        "deprivations": sorted(review.deprivations) if review.is_done else None,
        "causes": sorted(review.cause_numbers),
    }


def _earlier(review):
    if review is None:
        return None
    return {
        **_answers(review),
        "year": review.campaign.year,
        "explanation": review.explanation,
    }


def choices_of(causes):
    return {cause.number: cause.name for cause in causes}
