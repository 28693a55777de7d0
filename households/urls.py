from django.urls import path

from households.campaign import urls as campaign_urls
from households.directory import urls as directory_urls
from households.entry import urls as entry_urls
from households.register import urls as register_urls
from households.views import import_results, import_rows, imports, windows

app_name = "households"

urlpatterns = [
    *campaign_urls.urlpatterns,
    *directory_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *register_urls.urlpatterns,
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
]
