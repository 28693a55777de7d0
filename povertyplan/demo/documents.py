"""Documents of the demonstration: a draft that its units read, a plan and a report that are signed.

The plan of 2026 and the report of 2025, made of its units' reports, are frozen: what they say is
what the data said on their days; numbers and signers are invented. The report of 2026 is begun.
"""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from reports.choices import BlockKind, DocumentState, ReportPart, ReportPeriod
from reports.models import Document, ReportRequest
from reports.plans.drafting.services import PlanStart, begin_plan
from reports.plans.outline import reading_order
from reports.plans.reviewing.services.comments import add_comment, answer_comment
from reports.plans.services import print_and_issue, submit_document
from reports.plans.writing.services.sections import assign_section
from reports.progress.consolidation.services import begin_consolidation, take_in_part

READ_ON = date(2026, 11, 10)
SAID = ("Đề nghị ghi rõ nguồn vốn của phần này.", "Câu này nên tách thành hai ý.")
ANSWER = "Đã bổ sung ở phần kinh phí."
YEAR = 2025
WRITTEN_ON, SIGNED_ON = date(2025, 11, 12), date(2025, 11, 14)
NUMBER = 96
BEGUN_ON = date(2026, 11, 19)
PLAN_YEAR, PLAN_TEMPLATE, PLAN_NUMBER = 2026, "yearly", 12
PLANNED_ON, PLAN_SIGNED_ON = date(2026, 1, 14), date(2026, 1, 20)
AUTHORITY, SIGNER_TITLE = "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
TAKEN_IN = (ReportPart.RESULTS, ReportPart.DIFFICULTIES, ReportPart.PROPOSALS)


def invent_comments(*, ward: Area, by: User) -> None:
    """What one unit says of the first draft of a plan; nothing where there is neither."""
    plan = Document.objects.plans().filter(ward=ward, state=DocumentState.DRAFT).first()
    grants = RoleGrant.objects.filter(role=Role.UNIT_REPORTER, area=ward).select_related("unit")
    grant = grants.order_by("pk").first()
    if plan is None or grant is None or grant.unit is None:
        return
    blocks = reading_order(plan.blocks.select_related("document__ward"))
    heading = next((block for block in blocks if block.kind == BlockKind.HEADING), None)
    sentences = [block for block in blocks if block.kind == BlockKind.PARAGRAPH][: len(SAID)]
    with clock.set_to(READ_ON):
        comments = [
            add_comment(block=block, text=text, by=grant.user, source="demo")
            for block, text in zip(sentences, SAID, strict=False)
        ]
        if comments:
            answer_comment(comment=comments[0], answer=ANSWER, version=1, by=by, source="demo")
        if heading is not None:
            unit, version = str(grant.unit.pk), heading.version
            assign_section(block=heading, unit=unit, version=version, by=by, source="demo")


def invent_signed_report(*, ward: Area, officer: User, leader: User) -> Document:
    """Consolidate the year, hand it in and sign it, each on its day by whoever does so."""
    asked = ReportRequest.objects.select_related("ward").get(
        ward=ward, year=YEAR, period=ReportPeriod.YEAR
    )
    with clock.set_to(WRITTEN_ON):
        by = User.objects.get(pk=officer.pk)  # whose roles are those of the day
        document = begin_consolidation(
            request=asked, version=asked.version, by=by, source="command"
        )
        asked.refresh_from_db()
        for part in TAKEN_IN:
            take_in_part(request=asked, part=part, by=by, source="command")
        document.refresh_from_db()
        submit_document(document=document, version=document.version, by=by, source="command")
    return _sign(document, number=NUMBER, on=SIGNED_ON, leader=leader)


def begin_year_report(*, ward: Area, officer: User) -> Document:
    """The report of the year that runs, begun from what one unit sent; the others are awaited."""
    asked = ReportRequest.objects.select_related("ward").get(
        ward=ward, year=PLAN_YEAR, period=ReportPeriod.YEAR
    )
    with clock.set_to(BEGUN_ON):
        by = User.objects.get(pk=officer.pk)
        document = begin_consolidation(
            request=asked, version=asked.version, by=by, source="command"
        )
        asked.refresh_from_db()
        take_in_part(request=asked, part=ReportPart.RESULTS, by=by, source="command")
    return document


def invent_signed_plan(*, ward: Area, officer: User, leader: User) -> Document:
    """Draft the plan of the year from the template, hand it in and sign it, each on its day."""
    with clock.set_to(PLANNED_ON):
        by = User.objects.get(pk=officer.pk)
        document = begin_plan(
            ward=ward,
            start=PlanStart(template=PLAN_TEMPLATE),
            year_from=PLAN_YEAR,
            year_to=PLAN_YEAR,
            by=by,
            source="command",
        )
        submit_document(document=document, version=document.version, by=by, source="command")
    return _sign(document, number=PLAN_NUMBER, on=PLAN_SIGNED_ON, leader=leader)


def _sign(document: Document, *, number: int, on: date, leader: User) -> Document:
    with clock.set_to(on):
        document.refresh_from_db()
        return print_and_issue(
            document=document,
            number=number,
            issued_on=on,
            authority=AUTHORITY,
            signer_title=SIGNER_TITLE,
            signer_name=leader.full_name,
            version=document.version,
            by=User.objects.get(pk=leader.pk),
        )
