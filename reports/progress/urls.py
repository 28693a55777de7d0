from django.urls import path

from reports.progress.calendar.views.calendar import report_calendar
from reports.progress.calendar.views.periods import period_new, period_units
from reports.progress.calendar.views.rules import rule_edit, rule_list, rule_new
from reports.progress.calendar.views.sending import due_sent
from reports.progress.consolidation.views import period_consolidate, report_take_in
from reports.progress.indicator_tables import views as tables
from reports.progress.unit_reports.views import excel, receiving, villages, writing
from reports.progress.unit_reports.views.periods import period_detail

urlpatterns = [
    path("reports/calendar/", report_calendar, name="report_calendar"),
    path("reports/rules/", rule_list, name="rule_list"),
    path("reports/rules/new/", rule_new, name="rule_new"),
    path("reports/rules/<int:pk>/", rule_edit, name="rule_edit"),
    path("reports/rules/<int:pk>/years/<int:year>/<int:number>/sent/", due_sent, name="due_sent"),
    path("reports/years/<int:year>/new/", period_new, name="period_new"),
    path("reports/tables/", tables.indicator_table_list, name="indicator_table_list"),
    path(
        "reports/tables/<int:number>/", tables.indicator_table_detail, name="indicator_table_detail"
    ),
    path(
        "reports/tables/<int:number>/edit/",
        tables.indicator_table_edit,
        name="indicator_table_edit",
    ),
    path(
        "reports/tables/<int:number>/<slug:time>/<slug:ending>/",
        tables.indicator_table_file,
        name="indicator_table_file",
    ),
    path("reports/periods/<int:pk>/", period_detail, name="period_detail"),
    path("reports/periods/<int:pk>/units/", period_units, name="period_units"),
    path("reports/periods/<int:pk>/consolidate/", period_consolidate, name="period_consolidate"),
    path("reports/villages/", villages.village_part_list, name="village_part_list"),
    path("reports/villages/<int:pk>/", villages.village_part, name="village_part"),
    path("reports/units/<int:pk>/take-in/", report_take_in, name="report_take_in"),
    path("reports/units/<int:pk>/", receiving.unit_report_detail, name="unit_report_detail"),
    path("reports/units/<int:pk>/fill/", writing.unit_report_fill, name="unit_report_fill"),
    path("reports/units/<int:pk>/write/", writing.unit_report_write, name="unit_report_write"),
    path(
        "reports/units/<int:pk>/template/", excel.unit_report_template, name="unit_report_template"
    ),
    path("reports/units/<int:pk>/import/", excel.unit_report_import, name="unit_report_import"),
    path(
        "reports/units/<int:pk>/import/save/",
        excel.unit_report_import_save,
        name="unit_report_import_save",
    ),
    path("reports/units/<int:pk>/check/", writing.unit_report_check, name="unit_report_check"),
    path(
        "reports/units/<int:pk>/receive/", receiving.unit_report_receive, name="unit_report_receive"
    ),
    path(
        "reports/units/<int:pk>/record/", receiving.village_part_record, name="village_part_record"
    ),
    path("reports/units/<int:pk>/return/", receiving.unit_report_return, name="unit_report_return"),
]
