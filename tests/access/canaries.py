"""Values that tell where they came from: found in a page, they say whose record leaked.

A text canary is `zq`, a kind, the ward, the village (0: of the whole ward) and a number:
`zqta1x0042`. Number canaries start with 31 (scores: 32), personal numbers with 99931; the next
digit is the side, see SIDES.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pypdfium2
from django.db import models

SIDES = ("a0", "a1", "a2", "b0", "b1", "b2")
TEXT = re.compile(r"zq([tse])([ab][012])x\d{4}", re.IGNORECASE)
# Not inside an address, an attribute or a longer word: ids of rows may have five digits too.
NUMBER = re.compile(r"(?<![\w./=\"-])(3[12])\.?([0-5])(\d\d)(?![\d.]*\d)")
# The list of all ethnic groups to choose from says nothing of anybody.
CHOICE = re.compile(r"<option[^>]*>\s*zqe[ab][012]x\d{4}\s*</option>")
CITIZEN_ID = re.compile(r"99931([0-5])\d{6}")
WORD_DOCUMENT = "<w:document"
PLAIN, SCORE, ETHNICITY, PERSONAL_NUMBER = "t", "s", "e", "citizen id"
SENSITIVE = frozenset({SCORE, ETHNICITY, PERSONAL_NUMBER})

_numbers = count(1)


@contextmanager
def counting_anew() -> Iterator[None]:
    """Give a world the same canaries whatever was before it; later ones go on after both."""
    global _numbers
    before, _numbers = _numbers, count(1)
    try:
        yield
    finally:
        _numbers = count(max(next(before), next(_numbers)))


# Fields without a canary, and why. Choices, dates, keys and booleans never carry one.
EXEMPT = {
    "core.area.path": "the chain of ids itself",
    "core.area.sort_key": "made from the name",
    "core.user.password": "a digest",
    "core.user.email": "not used",
    "core.auditevent.act": "a name of the program",
    "core.auditevent.object_type": "a name of the program",
    "core.auditevent.object_id": "an id",
    "core.auditevent.source": "a name of the program",
    "core.auditevent.token": "a random token",
    "core.accessevent.object_type": "a name of the program",
    "core.accessevent.object_id": "an id",
    "households.ethnicgroup.code": "shared by every ward",
    "households.ethnicgroup.aliases": "shared by every ward",
    "households.person.sort_key": "made from the name",
    "core.periodlock.first_month": "a month",
    "core.finishedtask.key": "a digest",
    "reports.wordpassage.order": "counts from one",
    "reports.sentreport.number": "a period of the year",
    "reports.sentreport.year": "a year",
    "core.periodlock.last_month": "a month",
    "households.decision.year": "the year of its date",
    "households.recognisedversion.number": "counts from one",
    "households.recognisedversion.digest": "a digest",
    "households.needkind.code": "only of a kind that every ward shares",
    "households.holiday.month": "of a day",
    "households.holiday.day": "of a day",
    "households.importbatch.digest": "a digest",
    "households.columnmapping.fingerprint": "a digest",
    "households.importbatch.token": "a random token",
    "households.meetingscan.digest": "a digest",
    "households.reviewcampaign.cancel_reason": "only of a cancelled one",
    "households.reviewrequest.closing_reason": "only of one set aside",
    "households.complaint.answer": "only of a decided complaint",
    "households.certificate.search_key": "made from the name",
    "households.lowincomeworker.end_reason": "only of one that ended",
    "households.villagemeeting.required_percent": "at most 100",
    "households.meetingvote.votes_against": "with the votes for it, the attendance",
    "projects.budgetentry.reason": "only of a reversal",
    "projects.livelihood.stop_reason": "only of one that was stopped",
    "projects.livelihoodstep.withdrawal_reason": "only of one that was taken back",
    "projects.livelihoodmember.leave_reason": "only of one that left",
    "projects.donationentry.reason": "only of a reversal",
    "projects.unitduty.end_reason": "only of one that ended",
    "projects.handoverlist.digest": "a digest",
    "projects.indicator.query": "a name of the program",
    "projects.indicator.whole_query": "a name of the program",
    "projects.indicator.baseline": "only where the year before has no figure",
    "projects.indicator.lacking": "at most twelve",
    "projects.actual.period": "at most twelve",
    "reports.assignedtarget.rate": "at most 100",
    "reports.assignedtarget.reason": "only of one that replaces another",
    "reports.standardbaseline.rate": "at most 100",
    "projects.publication.occasion": "a name of the program",
    "projects.projectunit.wording": "only where there is no unit",
    "projects.target.rate": "at most 100",
    "projects.target.reason": "only of a replacement",
    "reports.document.issued_year": "the year of its date",
    "reports.document.amend_reason": "only of one that amends another",
    "reports.document.ended_text": "only of an abolished one",
    "reports.document.ended_reason": "only of an abolished one",
    "reports.acceptedfinding.key": "a digest",
    "reports.snapshot.digest": "a digest",
    "reports.snapshot.pdf_digest": "a digest",
    "reports.snapshot.docx_digest": "a digest",
    "reports.blockproposal.seen_version": "counts from one",
    "reports.returnedword.digest": "a digest",
    "reports.returnedword.matched": "counts the paragraphs",
    "reports.draftversion.number": "counts from one",
    "reports.draftversion.digest": "a digest",
    "reports.block.parameters": "read by the program",
    "reports.reportingrule.due_day": "a day of a month",
    "reports.reportingrule.due_month": "a month",
    "reports.reportingrule.months_after": "at most one",
    "reports.reportingrule.first_number": "at most twelve",
    "reports.reportingrule.last_number": "at most twelve",
    "reports.reportrequest.number": "at most twelve",
    "reports.indicatortable.number": "at most fifteen",
    "reports.wordpassage.level": "at most three",
    "reports.unitreport.told_by": "only of a part that the ward wrote down",
    "reports.unitreportfigure.order": "counts from one",
    "reports.unitreportsending.number": "counts from one",
    "reports.printrun.form": "a name of the program",
    "households.review.class_reason": "shown with the class it explains",
}
YEARS = frozenset({"year", "year_from", "year_to", "first_year"})


def text(side: str, kind: str = PLAIN) -> str:
    # Four digits: the shortest field takes ten characters. One world needs far fewer numbers.
    return f"zq{kind}{side}x{next(_numbers) % 10_000:04}"


def number(side: str, prefix: int = 31) -> int:
    return int(f"{prefix}{SIDES.index(side)}{next(_numbers) % 100:02}")


def citizen_id(side: str) -> str:
    return f"99931{SIDES.index(side)}{next(_numbers):06}"


def fields_to_fill(model: type[models.Model]) -> list[models.Field]:
    """The text and number fields of a model that carry canaries."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(
            field, models.CharField | models.TextField | models.IntegerField | models.DecimalField
        )
        and not field.primary_key
        and not field.choices
        and field.name not in YEARS
        and f"{model._meta.label_lower}.{field.name}" not in EXEMPT
    ]


def fill(model: type[models.Model], side: str, **given) -> dict[str, object]:
    """A canary for every text and number field of a model that is not given."""
    values = {}
    for field in fields_to_fill(model):
        if isinstance(field, models.CharField | models.TextField):
            values[field.name] = text(side)
        else:
            values[field.name] = number(side)
    return values | given


def is_canary(value: object) -> bool:
    """Whether a stored value says where it came from."""
    words = str(value)
    return bool(TEXT.search(words) or CITIZEN_ID.search(words)) or bool(
        re.fullmatch(r"3[12][0-5]\d\d(\.00)?", words)
    )


def found(response, sent: str = "") -> set[tuple[str, str]]:
    """Kind and side of each canary a response gives away that was not in the request itself."""
    words = CHOICE.sub("", _words_of(response))
    seen = Counter()
    for match in TEXT.finditer(words):
        if match[0].lower() not in sent:
            seen[match[1].lower(), match[2].lower()] += 1
    for match in NUMBER.finditer(words):
        if match[0] not in sent:
            seen[SCORE if match[1] == "32" else PLAIN, SIDES[int(match[2])]] += 1
    for match in CITIZEN_ID.finditer(words):
        seen[PERSONAL_NUMBER, SIDES[int(match[1])]] += 1
    return set(seen)


def values_in(response) -> frozenset[str]:
    """Each canary of a response as it was stored."""
    words = CHOICE.sub("", _words_of(response))
    matches = (match[0] for each in (TEXT, NUMBER, CITIZEN_ID) for match in each.finditer(words))
    return frozenset(match.lower().replace(".", "") for match in matches)


def _words_of(response) -> str:
    # The length of a document may well look like a number of ours.
    told = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    head = "\n".join(f"{name}: {value}" for name, value in told.items())
    cookies = "\n".join(
        morsel.value for name, morsel in response.cookies.items() if name == "messages"
    )
    return f"{head}\n{cookies}\n{_body(response)}"


def _body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return words_of_file(content)


def words_of_file(content: bytes) -> str:
    """The words of a page, a PDF, or a zip with files in it: workbooks, Word files, more zips."""
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(
                f"{name}\n{words_of_file(parts.read(name))}" for name in parts.namelist()
            )
    text = content.decode("utf-8", "replace")
    # Word may cut a word into runs; read them as they read on paper.
    return f"{text}\n{_between_runs(text)}" if WORD_DOCUMENT in text[:2000] else text


def _between_runs(text: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", text))
