"""A draft of the demonstration that its units read: a section given away, two comments."""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from reports.choices import BlockKind, DocumentState
from reports.models import Document
from reports.plans.outline import reading_order
from reports.plans.reviewing.services.comments import add_comment, answer_comment
from reports.plans.writing.services.sections import assign_section

READ_ON = date(2026, 11, 10)
SAID = ("Đề nghị ghi rõ nguồn vốn của phần này.", "Câu này nên tách thành hai ý.")
ANSWER = "Đã bổ sung ở phần kinh phí."


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
