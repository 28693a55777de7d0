"""The authorisation sheet: the rule table as an office prints and signs it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from povertyplan.core.access.rules import EVERY_ROLE, AccessScope, Rule, SensitiveField
from povertyplan.core.choices import Role

SCOPE_LABELS = {
    AccessScope.PUBLIC: "không cần đăng nhập, không có dữ liệu",
    AccessScope.SELF: "tài khoản của chính mình",
    AccessScope.SHARED: "danh mục dùng chung",
    AccessScope.WARD: "phường, xã được giao",
    AccessScope.REGION: "mọi phường, xã của tỉnh, huyện được giao, chỉ xem",
    AccessScope.VILLAGE: "thôn được giao; cả phường, xã nếu vai trò giao ở cấp phường, xã",
}
EVERYONE = "Mọi vai trò"
NOBODY = "–"
VIEW_HEADS = ("Màn hình", "Được xem", "Được ghi", "Phạm vi", "Tên trong hệ thống")
FIELD_HEADS = ("Dữ liệu nhạy cảm", "Được xem", "Được mở từng lần, ghi mục đích")


@dataclass(frozen=True)
class AccessSheet:
    """Both tables as rows of text, under their heads."""

    views: tuple[tuple[str, ...], ...]
    fields: tuple[tuple[str, ...], ...]


def sheet() -> AccessSheet:
    """The rule table of this very program, so that paper and program cannot differ."""
    rules = import_string(settings.ACCESS_TABLE)
    sensitive = import_string(settings.SENSITIVE_TABLE)
    return AccessSheet(
        views=tuple(map(_view_row, rules.values())),
        fields=tuple(map(_field_row, sensitive.values())),
    )


def _view_row(rule: Rule) -> tuple[str, ...]:
    reads = "Mọi người" if rule.scope == AccessScope.PUBLIC else names(rule.reads)
    return (rule.title, reads, names(rule.writes), SCOPE_LABELS[rule.scope], rule.view)


def _field_row(field: SensitiveField) -> tuple[str, ...]:
    return (field.label, names(field.reads), names(field.reveals))


def names(roles: Iterable[Role]) -> str:
    """Roles in words, in the order of the list of roles."""
    held = set(roles)
    if held == EVERY_ROLE:
        return EVERYONE
    return ", ".join(role.label for role in Role if role in held) or NOBODY


def as_text(sheet: AccessSheet) -> str:
    return "\n\n".join(
        [
            "BẢNG PHÂN QUYỀN",
            *(_paragraph(VIEW_HEADS, row) for row in sheet.views),
            "DỮ LIỆU NHẠY CẢM",
            *(_paragraph(FIELD_HEADS, row) for row in sheet.fields),
        ]
    )


def _paragraph(heads: Sequence[str], row: Sequence[str]) -> str:
    first, *others = zip(heads, row, strict=True)
    return "\n".join([first[1], *(f"  {head}: {text}" for head, text in others)])


def as_markdown(sheet: AccessSheet) -> str:
    return "\n".join(
        [
            "# Bảng phân quyền",
            "",
            *_markdown_table(VIEW_HEADS, sheet.views),
            "",
            "## Dữ liệu nhạy cảm",
            "",
            *_markdown_table(FIELD_HEADS, sheet.fields),
        ]
    )


def _markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def as_html(sheet: AccessSheet) -> str:
    context = {"sheet": sheet, "view_heads": VIEW_HEADS, "field_heads": FIELD_HEADS}
    return render_to_string("core/access/access_sheet.html", context)


FORMATS = {"text": as_text, "markdown": as_markdown, "html": as_html}
