"""Measure 7: a plan of some twelve pages as PDF and as Word.

The peer is WeasyPrint alone on the same HTML. LibreOffice, the peer of the other two goals, is not
part of this environment: where it is missing they stay open (`holds` null).
"""

import shutil
from dataclasses import replace

import weasyprint
from django.db import transaction

from bench.shared.measuring import OFFICER, cost_of, print_line
from povertyplan.core.models import Area, User
from reports.plans.builder import build_document
from reports.plans.drafting.services import PlanStart, begin_plan
from reports.printing.docx import render_docx
from reports.printing.html import render_html
from reports.printing.pdf import render_pdf
from tests.reports.paper import read_pages

PAGES, TIMES, MOST = 10, 3, 1.1


def plan_of_pages():
    """The plan of the usual template, its text repeated until it has its pages."""
    officer = User.objects.get(username=OFFICER)
    ward = Area.objects.visible_to(officer).get(kind="ward")
    with transaction.atomic():
        start = PlanStart(template="yearly")
        plan = begin_plan(ward=ward, start=start, year_from=2027, year_to=2027, by=officer)
        tree = build_document(plan)
        transaction.set_rollback(True)
    for repeat in range(1, 20):
        longer = replace(tree, body=tree.body * repeat, keys=tree.keys * repeat)
        if (pages := pages_of(longer)) >= PAGES:
            return longer, pages
    raise SystemExit(f"The plan stays at {pages} pages.")


def pages_of(tree):
    return len(read_pages(render_pdf(tree)))


def main():
    tree, pages = plan_of_pages()
    page = render_html(tree)
    pdf = cost_of(lambda: render_pdf(tree), times=TIMES)
    bare = cost_of(lambda: weasyprint.HTML(string=page).write_pdf(), times=TIMES)
    word = cost_of(lambda: render_docx(tree), times=TIMES)
    ratio = pdf.python / bare.python
    print_line(
        "paper: plan as PDF",
        value=pdf.python,
        unit="ms of processor",
        peer=bare.python,
        goal=f"<= {MOST} of bare WeasyPrint",
        holds=ratio <= MOST,
        pages=pages,
    )
    print_line(
        "paper: plan as Word",
        value=word.python,
        unit="ms of processor",
        goal="<= 0.10 of LibreOffice",
        holds=None,
        pages=pages,
        libreoffice=shutil.which("soffice") or "not here",
    )


main()
