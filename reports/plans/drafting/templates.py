"""The templates of a plan, read from the reference files."""

from functools import cache
from string import Template
from typing import Annotated

from django.conf import settings

from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import OneLine
from projects.choices import Confidence
from reports.choices import BlockKind

DIRECTORY = settings.BASE_DIR / "fixtures" / "reference"


class TemplateBlock(Section):
    """A block with what stands below it; words of `parameters` may name a year of the plan."""

    kind: BlockKind
    text: str = ""
    parameters: dict[str, object] = {}
    children: list["TemplateBlock"] = []


class PlanTemplate(Section):
    """What a plan begins with where there is none to begin from; a report too.

    `for_periods`: a report of a period may begin with it in place of the usual one.
    `confidence` says whether its outline was compared with the form that `legal_reference` names.
    """

    code: Annotated[str, OneLine(30)]
    name: Annotated[str, OneLine(80)]
    subject: Annotated[str, OneLine(300)]
    symbol: Annotated[str, OneLine(30)]
    authority: Annotated[str, OneLine(80)]
    signer_title: Annotated[str, OneLine(80)]
    recipients: list[Annotated[str, OneLine(200)]]
    for_periods: bool = False
    legal_reference: Annotated[str, OneLine(250)] = ""
    confidence: Confidence = Confidence.HIGH
    blocks: list[TemplateBlock]


class PlanTemplatesFile(Section):
    templates: list[PlanTemplate]


@cache
def plan_templates() -> dict[str, PlanTemplate]:
    """The templates of a plan by code, in the order of the file."""
    return _templates_in("plan-templates.yaml")


@cache
def report_templates() -> dict[str, PlanTemplate]:
    """The same of a report that is made of the reports of units."""
    return _templates_in("report-templates.yaml")


def _templates_in(name: str) -> dict[str, PlanTemplate]:
    read = check(PlanTemplatesFile, read_file(DIRECTORY / name))
    return {template.code: template for template in read.templates}


def fill(text: str, words: dict[str, str]) -> str:
    """A text of a template with its words in place of their names."""
    return Template(text).substitute(words)


def fill_parameters(value: object, years: dict[str, int]) -> object:
    """Parameters of a template with the years that their words name."""
    if isinstance(value, dict):
        return {name: fill_parameters(each, years) for name, each in value.items()}
    if isinstance(value, list):
        return [fill_parameters(each, years) for each in value]
    return years.get(value, value) if isinstance(value, str) else value
