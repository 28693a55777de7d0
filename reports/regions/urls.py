from django.urls import path

from reports.regions import views

urlpatterns = [
    path("regions/", views.region_board, name="region_board"),
    path("regions/targets/", views.region_targets, name="region_targets"),
    path("regions/reports/", views.region_reports, name="region_reports"),
    path("regions/tables/<int:number>/", views.region_table, name="region_table"),
    path(
        "regions/tables/<int:number>/<slug:ending>/",
        views.region_table_file,
        name="region_table_file",
    ),
]
