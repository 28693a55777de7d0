from django.urls import path

from households.intake import views as intake
from households.intake.corrections import views as corrections
from households.intake.writing import views as writing

urlpatterns = [
    path("households/import/", intake.import_list, name="import_list"),
    path("households/import/template/", intake.import_template, name="import_template"),
    path("households/import/<int:pk>/sheets/", intake.import_sheets, name="import_sheets"),
    path("households/import/<int:pk>/columns/", intake.import_columns, name="import_columns"),
    path("households/import/<int:pk>/rows/", corrections.import_rows, name="import_rows"),
    path("households/import/<int:pk>/preview/", intake.import_preview, name="import_preview"),
    path("households/import/<int:pk>/result/", writing.import_result, name="import_result"),
    path("households/import/<int:pk>/undo/", intake.import_undo, name="import_undo"),
    path("households/import/<int:pk>/report/", writing.import_report, name="import_report"),
]
