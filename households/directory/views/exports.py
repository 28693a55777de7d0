"""Taking a list away as a workbook, for a purpose that is written down."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_http_methods

from households.choices import ExportLayout
from households.directory.filters import HouseholdFilterForm, list_address
from households.directory.forms import ExportForm
from households.directory.presenters.pages import (
    MEMBER_LIST,
    NO_EXPORT,
    OFFICIAL_LIST,
    exported_list,
)
from households.directory.selectors.exports import member_rows, official_list
from households.directory.selectors.search import find_households
from households.directory.workbooks import caption_of, member_workbook, official_workbook
from households.field_access import fields_in
from households.models import Household
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform

EXPORT = "households:household_export"


@require_http_methods(["GET", "HEAD", "POST"])
def household_export(request):
    """Ask for the layout and the purpose; a post with both hands out the list that is filtered."""
    ward = ward_of(request)
    if not may_open(request.user, EXPORT, area=ward, writing=True):
        raise PermissionDenied(NO_EXPORT)
    fields = fields_in(request.user, ward)
    filters = HouseholdFilterForm(request.GET, user=request.user, fields=fields)
    query = filters.query()
    visible = Household.objects.visible_to(request.user).filter(ward=ward)
    ids = list(find_households(visible, query, fields))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chips = [chip["label"] for chip in filters.chips()]
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=exported_list(len(ids), caption_of(chips)),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            layout = form.cleaned_data["layout"]
            return _list(layout, visible, ward, query, ids, caption_of(chips))
    context = {
        "form": form,
        "chips": filters.chips(),
        "count": len(ids),
        "back": list_address(filters.active()),
    }
    return form_response(request, "households/directory/household_export.html", context)


def _list(layout, visible, ward, query, ids, caption):
    if layout == ExportLayout.OFFICIAL:
        found = official_list(visible, ward, query, ids)
        content = official_workbook(found, ward, caption, query.on)
        return file_response(content, list_name(OFFICIAL_LIST, ward))
    content = member_workbook(member_rows(ids, query.on), ward, caption, query.on)
    return file_response(content, list_name(MEMBER_LIST, ward))
