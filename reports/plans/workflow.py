"""The way of a document from its draft to its issue: which step is taken from where.

Pure. Who may take a step is said by the access table; that nobody signs what they submitted, by
the service and by the database.
"""

from enum import StrEnum

from reports.choices import DocumentState

DRAFT, FOR_COMMENT, SUBMITTED, ISSUED = DocumentState


class WorkflowStep(StrEnum):
    """What moves a document on, or back."""

    WRITE = "write"
    ASK = "ask"
    COMMENT = "comment"
    SUBMIT = "submit"
    RETURN = "return"
    ISSUE = "issue"


STEPS = {
    WorkflowStep.WRITE: {DRAFT, FOR_COMMENT},
    WorkflowStep.ASK: {DRAFT, FOR_COMMENT},
    WorkflowStep.COMMENT: {DRAFT, FOR_COMMENT, SUBMITTED},
    WorkflowStep.SUBMIT: {DRAFT, FOR_COMMENT},
    WorkflowStep.RETURN: {SUBMITTED},
    WorkflowStep.ISSUE: {SUBMITTED},
}
IS_ISSUED = "Văn bản đã ban hành, không sửa được nữa."
IS_SUBMITTED = "Văn bản đang trình ký: chờ trả lại rồi mới sửa."
NOT_SUBMITTED = "Văn bản chưa được trình ký."


def step_fault(step: WorkflowStep, state: str) -> str:
    """Why a step cannot be taken from a state; empty where it can."""
    if state in STEPS[step]:
        return ""
    if state == ISSUED:
        return IS_ISSUED
    return IS_SUBMITTED if state == SUBMITTED else NOT_SUBMITTED
