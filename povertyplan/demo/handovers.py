"""Lists handed over in the demonstration, all invented: sent and answered, sent, still waiting."""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.handover.services.making import make_handover
from projects.handover.services.sending import answer_handover_list, send_handover_list
from projects.models import HandoverList

MADE_ON, SENT_ON, ANSWERED_ON = date(2025, 12, 22), date(2025, 12, 24), date(2026, 1, 9)
ANSWERED, SENT = ("bhyt", "tien-dien"), ("hoc-phi",)
ANSWER = "Đã cập nhật đủ theo danh sách (giả định)"


def invent_handovers(*, ward: Area, by: User) -> None:
    """After the decision of 2025; the bank and the legal aid centre still wait."""
    with clock.set_to(MADE_ON):
        made = make_handover(ward=ward, seen=None, by=by, source="command")
    for handover_list in made.lists.with_changes().select_related("kind"):
        if handover_list.kind.code in (*ANSWERED, *SENT):
            _send(handover_list, by)


def _send(handover_list: HandoverList, by: User) -> None:
    with clock.set_to(SENT_ON):
        sent = send_handover_list(
            handover_list=handover_list,
            sent_on=SENT_ON,
            sent_to=f"{handover_list.kind.receiver} (giả định)",
            version=handover_list.version,
            by=by,
            source="command",
        )
    if handover_list.kind.code in ANSWERED:
        with clock.set_to(ANSWERED_ON):
            answer_handover_list(
                handover_list=sent,
                answered_on=ANSWERED_ON,
                answer=ANSWER,
                version=sent.version,
                by=by,
                source="command",
            )
