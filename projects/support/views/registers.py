"""Supports from a workbook, with a preview; kinds of support out and in."""

from django.views.decorators.http import require_safe

from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from projects.models import SupportKind
from projects.programme.workbooks import open_register_sheets
from projects.support import presenters as words
from projects.support.resources.kinds import SupportKindResource
from projects.support.resources.supports import SupportResource
from projects.support.services.kind_lists import import_support_kinds
from projects.support.services.lists import import_supports

support_pages = RegisterPages(
    ExcelRegister(
        name="support_register",
        words=words.REGISTER,
        resource=SupportResource,
        write=import_supports,
        open_sheets=open_register_sheets,
        list_page="projects:support_list",
    ),
    app="projects",
    prefix="support_register",
)


def _write_kinds(**values):
    headings = {name: field.column_name for name, field in SupportKindResource.fields.items()}
    return import_support_kinds(columns=headings, **values)


kind_pages = RegisterPages(
    ExcelRegister(
        name="support_kind_list",
        words=words.KIND_REGISTER,
        resource=SupportKindResource,
        write=_write_kinds,
        open_sheets=open_register_sheets,
        list_page="projects:support_kinds",
        is_shared=True,
    ),
    app="projects",
    prefix="support_kind_list",
)


@require_safe
def kind_export(request):
    kinds = SupportKind.objects.prefetch_related("projects__programme", "needs")
    return register_file(
        request,
        SupportKindResource(ward=None, by=request.user),
        title=words.KIND_REGISTER.title,
        ward=None,
        lines=lines_above(None),
        records=kinds,
    )
