"""Components that need a decision before they are drawn: state in, markup out.

Components without a decision are plain files in `templates/components/`.
"""

from django import template
from django.utils.html import format_html

from povertyplan.core.platform.landings import anchor_of

register = template.Library()

SOON_DAYS = 7
PAGES_AROUND = 2
MOST_AT_A_FILE = 3


@register.inclusion_tag("components/field.html")
def field(bound, width="text", *, optional=False, inline=False):
    """One labelled control with its hint and errors.

    `width`: year, number, date, money, code, name, text or full. `optional` says so beside the
    label; `inline` puts radio buttons on one line.
    """
    widget = bound.field.widget
    kind = "choices" if bound.use_fieldset else "control"
    is_file = getattr(widget, "input_type", "") == "file"
    if getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset:
        kind = "check"
    return {
        "field": bound,
        "classes": _field_classes(bound, width, kind, inline=inline),
        "is_choices": kind == "choices",
        "is_check": kind == "check",
        "is_file": is_file,
        # The refused lines of a file stand at the top of the page already.
        "is_told_above": is_file and len(bound.errors) > MOST_AT_A_FILE,
        "optional": optional,
        "help_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
    }


def _field_classes(bound, width, kind, *, inline):
    looks = {
        "choices": kind == "choices",
        "check": kind == "check",
        "inline": inline,
        "error": bool(bound.errors),
    }
    chosen = (f"field--{look}" for look, applies in looks.items() if applies)
    return " ".join(["field", f"field--{width}", *chosen])


@register.inclusion_tag("components/check_row.html")
def check_row(bound, number="", note="", more=""):
    """One yes-or-no line of a paper form: number, name, box, last year's answer (`note`)."""
    return {"field": bound, "number": number, "note": note, "more": more}


@register.inclusion_tag("components/choice_pair.html")
def choice_pair(bound):
    """Two big answers side by side, for a radio field filled in on a phone."""
    return {
        "field": bound,
        "help_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """Every error of forms, formsets and lists of forms, each with a link to its control."""
    errors = [error for form in forms for error in _errors_of(form)]
    return {"errors": errors, "count": len(errors)}


def _errors_of(form):
    """Errors as dicts `label`, `text`, `target`; an unbound form has none."""
    if isinstance(form, list):
        for member in form:
            yield from _errors_of(member)
        return
    if hasattr(form, "non_form_errors"):
        yield from ({"label": "", "text": text, "target": ""} for text in form.non_form_errors())
        for member in form.forms:
            yield from _errors_of(member)
        return
    for name, texts in form.errors.items():
        label, target = _place(form[name]) if name in form.fields else ("", "")
        yield from ({"label": label, "text": text, "target": target} for text in texts)


def _place(bound) -> tuple[str, str]:
    """What a field is called on the page, empty if it has no name there, and where it stands."""
    label = "" if bound.is_hidden else bound.field.label or ""
    return label, _focus_target(bound)


def _focus_target(bound):
    """Id of the first control of a field; a group of choices has one id per choice."""
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


@register.simple_tag
def landing(row):
    """Attributes of a row to which the page may open after saving, read with the message."""
    return format_html('id="{}" tabindex="-1" aria-describedby="messages"', _anchor(row))


def _anchor(row):
    return row if isinstance(row, str) else anchor_of(row)


@register.simple_tag
def tag(label, tone=""):
    """A word on a tint. `tone`: info, ok, warn, danger, plain, or a poverty class value."""
    return format_html('<span class="tag tag--{}">{}</span>', tone or "neutral", label)


@register.simple_tag(takes_context=True)
def days_left(context, due):
    """How far `due` (a date) is from the page's `today`, in words; nothing without a date."""
    if not due:
        return ""
    days = (due - context["today"]).days
    return format_html(
        '<span class="days-left days-left--{}">{}</span>', _days_tone(days), _days_text(days)
    )


def _days_tone(days):
    if days < 0:
        return "overdue"
    return "soon" if days <= SOON_DAYS else "later"


def _days_text(days):
    if days < 0:
        return f"quá hạn {-days} ngày"
    return f"còn {days} ngày" if days else "hạn hôm nay"


@register.inclusion_tag("components/progress.html")
def progress(done, total, text=""):
    """A bar with its count in words, "12/60"; `text` replaces the count."""
    return {
        "done": done,
        "total": total,
        "text": text or f"{done}/{total}",
        "is_done": 0 < total <= done,
    }


@register.simple_tag(takes_context=True)
def due_tone(context, due):
    """Class suffix of a line that is due on that date: overdue, soon or nothing."""
    return _days_tone((due - context["today"]).days) if due else ""


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context, label, key, *, numeric=False, default=False):
    """A column head that sorts by `?sort=key`, and the other way when pressed again.

    `default` marks the column a list is sorted by when the address says nothing.
    """
    query = context["request"].GET.copy()
    current = query.get("sort", key if default else "")
    query["sort"] = f"-{key}" if current == key else key
    query.pop("page", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    return {"label": label, "query": query.urlencode(), "state": state, "numeric": numeric}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, noun="dòng"):
    """Count, place and page links of a paginator's `page`, keeping the filters of the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    prefix = f"{query.urlencode()}&" if query else ""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=PAGES_AROUND, on_ends=1)
    links = [
        {
            "number": number,
            "is_current": number == page.number,
            "is_gap": number == page.paginator.ELLIPSIS,
        }
        for number in shown
    ]
    return {"page": page, "links": links, "prefix": prefix, "noun": noun}
