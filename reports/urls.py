from django.urls import path

from reports.dashboard import views as dashboard
from reports.papers.views import forms_centre, papers
from reports.plans import views as documents
from reports.tables.views import tables
from reports.targets import views as targets
from reports.todo import views as todo

app_name = "reports"

urlpatterns = [
    path("todo/", todo.todo, name="todo"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/dimensions/", dashboard.dimension_board, name="dimension_board"),
    path("targets/", targets.target_list, name="target_list"),
    path("targets/<int:pk>/<int:year>/", targets.actual_edit, name="actual_edit"),
    path("plans/", documents.plan_list, name="plan_list"),
    path("plans/<int:pk>/", documents.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/pdf/", documents.plan_pdf, name="plan_pdf"),
    path("plans/<int:pk>/docx/", documents.plan_docx, name="plan_docx"),
    path("reports/", documents.report_list, name="report_list"),
    path("reports/<int:pk>/", documents.report_detail, name="report_detail"),
    path("reports/<int:pk>/pdf/", documents.report_pdf, name="report_pdf"),
    path("reports/<int:pk>/docx/", documents.report_docx, name="report_docx"),
    path("forms/", forms_centre.form_list, name="form_list"),
    path("forms/reviews/<int:pk>/", papers.review_papers, name="review_papers"),
    path("forms/reviews/<int:pk>/pack/", papers.campaign_pack, name="campaign_pack"),
    path(
        "forms/reviews/<int:pk>/villages/<int:village_pk>/pack/",
        papers.village_pack,
        name="village_pack",
    ),
    path(
        "forms/reviews/<int:pk>/villages/<int:village_pk>/<slug:paper>/<slug:ending>/",
        papers.village_paper,
        name="village_paper",
    ),
    path(
        "forms/reviews/<int:pk>/ward/<slug:paper>/<slug:ending>/",
        papers.campaign_paper,
        name="campaign_paper",
    ),
    path(
        "forms/reviews/<int:pk>/blank/<slug:paper>/<slug:ending>/",
        papers.blank_paper,
        name="blank_paper",
    ),
    path("forms/matrix/", tables.matrix, name="matrix"),
    path("forms/tables/<int:number>/", tables.table_detail, name="table_detail"),
    path("forms/tables/<int:number>/excel/", tables.table_excel, name="table_excel"),
    path("forms/tables/<int:number>/pdf/", tables.table_pdf, name="table_pdf"),
    path("forms/tables/<int:number>/docx/", tables.table_docx, name="table_docx"),
    path("forms/tables/<int:number>/blank/<slug:ending>/", tables.blank_table, name="blank_table"),
    path("forms/lists/<int:number>/", tables.person_table, name="person_table"),
    path("forms/lists/<int:number>/excel/", tables.person_table_excel, name="person_table_excel"),
    path("forms/lists/<int:number>/pdf/", tables.person_table_pdf, name="person_table_pdf"),
    path("forms/lists/<int:number>/docx/", tables.person_table_docx, name="person_table_docx"),
]
