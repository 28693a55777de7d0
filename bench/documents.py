# ruff: noqa: E402 -- imports of the project follow its settings
"""What a plan of ten pages costs: its sheets on screen, its PDF beside bare WeasyPrint, its DOCX.

    DATABASE_URL=sqlite:///… python bench/documents.py

CPU seconds of this process, the least of some rounds, the two printers in turn. Bare WeasyPrint
prints the same HTML with the same fonts, without tags, standards and names of pages. Prints one
JSON object a line.
"""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

sys.path[0] = str(Path(__file__).resolve().parent.parent)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyplan.settings")

import django

django.setup()

import weasyprint

from reports.printing.docx import render_docx
from reports.printing.fonts import find_faces
from reports.printing.html import render_html, render_sheets
from reports.printing.pdf import _closed_fetcher, _font_rules, render_pdf
from tests.reports.paper import read_pages
from tests.reports.samples import sample_plan

PAGES = 10
ROUNDS = 5
GOALS = {"pdf": 1.1}


def ten_pages():
    """The sample plan with its body said again until it fills ten pages."""
    plan = sample_plan()
    body = plan.body
    for _ in range(20):
        plan = replace(plan, body=plan.body + body)
        if len(read_pages(render_pdf(plan))) >= PAGES:
            return plan
    raise SystemExit("The sample plan does not grow.")


def bare_pdf(plan):
    faces = find_faces()
    fetcher = _closed_fetcher(weasyprint, faces)
    config = weasyprint.text.fonts.FontConfiguration()
    fonts = weasyprint.CSS(string=_font_rules(faces), url_fetcher=fetcher, font_config=config)
    page = weasyprint.HTML(string=render_html(plan), url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[fonts], font_config=config, presentational_hints=True)


def cost(act, plan):
    begun = process_time()
    act(plan)
    return process_time() - begun


def main():
    plan = ten_pages()
    acts = {"pdf": render_pdf, "bare": bare_pdf, "docx": render_docx, "sheets": render_sheets}
    spent = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            spent[name].append(cost(act, plan))
    least = {name: min(rounds) for name, rounds in spent.items()}
    size = {"pages": len(read_pages(render_pdf(plan))), "bytes": len(render_pdf(plan))}
    for name in ("pdf", "docx", "sheets"):
        goal = GOALS.get(name)
        peer = least["bare"] if name == "pdf" else None
        ratio = round(least[name] / peer, 2) if peer else None
        line = {
            "name": name,
            "value": round(least[name], 3),
            "unit": "s",
            "peer": peer and round(peer, 3),
        }
        line |= {
            "ratio": ratio,
            "goal": goal,
            "holds": ratio <= goal if goal else None,
            "size": size,
        }
        print(json.dumps(line))


main()
