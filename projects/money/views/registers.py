"""The entries of money as a workbook: out, empty as a template, and in with a preview."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers.forms import RegisterConfirmForm, RegisterFileForm
from povertyplan.core.registers.presenters import lines_above
from povertyplan.core.registers.workbooks import register_workbook
from projects.money import presenters as words
from projects.money.resources import BudgetResource
from projects.money.selectors import late_drafts, standing_entries
from projects.money.workbooks import add_kept_entries, read_budget_file


@require_safe
def money_export(request):
    """The entries of a year that count; the file can be filled further and sent back."""
    ward, year = ward_of(request), years.year_of(request)
    content = register_workbook(
        BudgetResource(ward=ward, by=request.user),
        title=words.register_title(year),
        lines=lines_above(ward),
        records=standing_entries(ward=ward, year=year),
    )
    return file_response(content, list_name(words.register_title(year), ward))


@require_safe
def money_template(request):
    ward = ward_of(request)
    resource = BudgetResource(ward=ward, by=request.user)
    content = register_workbook(
        resource, title=words.TEMPLATE_TITLE, lines=words.template_lines(resource.optional)
    )
    return file_response(content, list_name(words.TEMPLATE_TITLE, ward))


@require_http_methods(["GET", "HEAD", "POST"])
def money_import(request):
    """Read a file and show what it would add; nothing is written here."""
    ward = ward_of(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "refused": []}
    if request.method == "POST" and form.is_valid():
        values = {"ward": ward, "by": request.user, **form.cleaned_data}
        if read := perform(form, read_budget_file, names={NON_FIELD_ERRORS: "file"}, **values):
            context["preview"] = words.describe_preview(
                read.listed, read.missing, late_drafts(read.missing)
            )
            context["confirm"] = RegisterConfirmForm(initial={"table": read.kept})
    return form_response(request, "projects/money/money_import.html", context)


@require_POST
def money_import_save(request):
    """Write the entries that were looked at, all or none, without those there already."""
    ward = ward_of(request)
    form = RegisterConfirmForm(request.POST)
    if form.is_valid():
        added = perform(form, add_kept_entries, ward=ward, by=request.user, **form.cleaned_data)
        if added is not None:
            messages.success(request, words.describe_added(added))
            return redirect("projects:money_year")
    context = {"form": RegisterFileForm(), "refused": form}
    return form_response(request, "projects/money/money_import.html", context, form)
