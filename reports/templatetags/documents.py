"""How the texts of a document tree become HTML."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from povertyplan.core.templatetags.ui import tag
from povertyplan.core.text.formatting import years
from povertyplan.core.text.vietnamese import upper_first
from reports.choices import TEXT_BLOCKS, DocumentState
from reports.plans.presenters import document_url
from reports.plans.versions.word_changes import WordRun
from reports.printing.tree import DataValue, Text, pieces
from reports.printing.typesetting import Run, runs

register = template.Library()

STATE_TONES = {
    DocumentState.DRAFT: "neutral",
    DocumentState.FOR_COMMENT: "info",
    DocumentState.SUBMITTED: "warn",
    DocumentState.ISSUED: "ok",
}


@register.simple_tag(takes_context=True)
def words(context, text: Text):
    """A text, escaped; each figure is marked, and linked to its list where the page knows it."""
    links = context.get("figure_links") or {}
    return format_html_join("", "{}", ((_run(run, links),) for run in runs(pieces(text))))


def _run(run: Run, links):
    parts, on_one_line = run
    content = format_html_join("", "{}", ((_piece(part, links),) for part in parts))
    return format_html('<span class="document-held">{}</span>', content) if on_one_line else content


def _piece(piece: str | DataValue, links):
    if isinstance(piece, str):
        return piece
    url = links.get(piece.name)
    if url is None:
        return format_html('<span class="figure">{}</span>', piece.printed)
    return format_html(
        '<a class="figure" href="{}" title="{}">{}</a>', url, piece.source, piece.printed
    )


@register.simple_tag
def state_tag(document):
    """Where a document stands on its way to signature and after, as a word on a tint."""
    if document.ended_as:
        return tag(document.get_ended_as_display(), "neutral")
    return tag(document.get_state_display(), STATE_TONES[document.state])


@register.simple_tag
def document_address(document) -> str:
    """The page of a plan or of a report."""
    return document_url(document)


@register.simple_tag
@lru_cache(maxsize=32)
def kind_options(chosen: str):
    """The kinds of text as options; drawn once a kind, as a plan has hundreds of blocks."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((kind.value, " selected" if kind == chosen else "", kind.label) for kind in TEXT_BLOCKS),
    )


@register.filter
def document_years(document) -> str:
    """ "Giai đoạn 2025-2030", "Năm 2025"."""
    text = years(document.year_from, document.year_to)
    return upper_first(text)


@register.simple_tag
def marked_words(runs: Iterable[WordRun]) -> SafeString:
    """A text in which words that went are struck out, and words that came underlined."""
    return format_html_join("", "{}", ((_marked(run),) for run in runs))


def _marked(run: WordRun) -> str:
    if run.is_removed:
        return format_html('<del><span class="visually-hidden">[bỏ] </span>{}</del>', run.text)
    if run.is_added:
        return format_html('<ins><span class="visually-hidden">[thêm] </span>{}</ins>', run.text)
    return run.text
