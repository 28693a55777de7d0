"""Livelihood projects in words: answers to what was written."""

from povertyplan.core.text import formatting
from projects.models import Livelihood, LivelihoodMember, LivelihoodProcedure, LivelihoodStep

NEW, EDIT, STOP = "Lập mô hình", "Sửa mô hình", "Dừng mô hình"
ADD_MEMBER, END_MEMBER = "Thêm thành viên", "Thôi tham gia"
WITHDRAW_STEP = "Bỏ bước ghi sai"
NEW_PROCEDURE, EDIT_PROCEDURE = "Thêm thủ tục", "Sửa thủ tục"
RECORD_STEP = "Ghi bước: {stage}"
NO_NEXT_STEP = "Mô hình đã dừng hoặc đã kết thúc, không còn bước nào để ghi."


def describe_saved(livelihood: Livelihood) -> str:
    return f"Đã lưu mô hình “{livelihood}”."


def describe_stopped(livelihood: Livelihood) -> str:
    return f"Đã ghi dừng mô hình “{livelihood}”."


def describe_step(step: LivelihoodStep) -> str:
    return f"Đã ghi bước {step.get_stage_display()} ngày {formatting.day(step.on)}."


def describe_step_withdrawn(step: LivelihoodStep) -> str:
    return f"Đã bỏ bước {step.get_stage_display()} ghi sai."


def describe_joined(member: LivelihoodMember) -> str:
    return f"Đã thêm {member} vào mô hình."


def describe_left(member: LivelihoodMember) -> str:
    return f"Đã ghi {member} thôi tham gia."


def describe_procedure_saved(procedure: LivelihoodProcedure) -> str:
    return f"Đã lưu thủ tục: {procedure}."
