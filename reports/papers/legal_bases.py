"""The legal bases of a decision (căn cứ): acts of its day, each with number, date and subject."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from django.conf import settings

from households.ledger.known import year_end
from households.models import ReviewCampaign
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine

FILE = settings.BASE_DIR / "fixtures" / "reference" / "decision-bases.yaml"


class LegalAct(Section):
    """An act in full, and the days in which it is cited."""

    text: Annotated[str, OneLine(400)]
    valid_from: Day
    valid_to: Day | None = None

    def is_cited(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)


class CodedAct(LegalAct):
    """An act about the standard or the procedure of a code."""

    code: Annotated[str, OneLine(30)]


class LegalActsFile(Section):
    laws: list[LegalAct]
    standards: list[CodedAct]
    procedures: list[CodedAct]


def acts_of(campaign: ReviewCampaign, on: date) -> list[str]:
    """What a decision made on a day rests on, the highest act first.

    A standard and a procedure are those of the review, whatever the day of its decision; one
    that the file does not know is cited as it names itself.
    """
    acts, closing = legal_acts(FILE), min(on, year_end(campaign.year))
    standard, procedure = campaign.standard, campaign.procedure
    cited = [act.text for act in acts.laws if act.is_cited(on)]
    cited += _cited(acts.standards, standard.code, closing) or [standard.legal_reference]
    if procedure:
        cited += _cited(acts.procedures, procedure.code, closing) or [procedure.legal_reference]
    return cited


@cache
def legal_acts(file: Path) -> LegalActsFile:
    return check(LegalActsFile, read_file(file))


def _cited(acts: Iterable[CodedAct], code: str, on: date) -> Sequence[str]:
    return [act.text for act in acts if act.code == code and act.is_cited(on)]
