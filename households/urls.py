from django.urls import path

from households.campaign import urls as campaign_urls
from households.entry import urls as entry_urls
from households.register import urls as register_urls
from households.views import (
    exports,
    import_results,
    import_rows,
    imports,
    quality,
    register,
    reveal,
    windows,
)

app_name = "households"

urlpatterns = [
    *campaign_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *register_urls.urlpatterns,
    path("households/", register.household_list, name="household_list"),
    path("households/export/", exports.household_export, name="household_export"),
    path("households/import/", imports.import_list, name="import_list"),
    path("households/import/template/", imports.import_template, name="import_template"),
    path("households/import/<int:pk>/sheets/", imports.import_sheets, name="import_sheets"),
    path("households/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("households/import/<int:pk>/rows/", import_rows.import_rows, name="import_rows"),
    path("households/import/<int:pk>/preview/", imports.import_preview, name="import_preview"),
    path("households/import/<int:pk>/result/", import_results.import_result, name="import_result"),
    path("households/import/<int:pk>/undo/", import_results.import_undo, name="import_undo"),
    path("households/import/<int:pk>/report/", import_results.import_report, name="import_report"),
    path("households/window/", windows.window_list, name="window_list"),
    path("households/window/export/", windows.window_export, name="window_export"),
    path("households/window/<int:pk>/anchor/", windows.window_anchor, name="window_anchor"),
    path("households/quality/", quality.quality, name="quality"),
    path("households/<int:pk>/", register.household_detail, name="household_detail"),
    path(
        "households/<int:pk>/members/<int:person_pk>/citizen-id/",
        reveal.reveal_citizen_id,
        name="reveal_citizen_id",
    ),
]
