from django.urls import path

from reports.targets.plan_results import views as plan_results
from reports.targets.views import (
    actuals,
    assigned,
    baselines,
    indicators,
    registers,
    targets,
    villages,
)

urlpatterns = [
    path("targets/", targets.target_list, name="target_list"),
    path("targets/files/<str:ending>/", targets.target_file, name="target_file"),
    path("targets/register/export/", registers.target_export, name="target_register_export"),
    *registers.target_pages.paths("targets/register/"),
    path("targets/results/export/", registers.actual_export, name="actual_register_export"),
    *registers.actual_pages.paths("targets/results/"),
    path("targets/years/<int:year>/", targets.target_year, name="target_year"),
    path("targets/assigned/<int:year>/", assigned.assigned_year, name="assigned_year"),
    path("targets/indicators/new/", indicators.indicator_new, name="indicator_new"),
    path("targets/indicators/<int:pk>/", indicators.indicator_detail, name="indicator_detail"),
    path("targets/indicators/<int:pk>/edit/", indicators.indicator_edit, name="indicator_edit"),
    path(
        "targets/indicators/<int:pk>/baselines/",
        baselines.indicator_baseline,
        name="indicator_baseline",
    ),
    path("targets/<int:pk>/<int:year>/villages/", villages.village_targets, name="village_targets"),
    path("targets/<int:pk>/<int:year>/", actuals.actual_edit, name="actual_edit"),
    path("plan-results/", plan_results.plan_result_list, name="plan_result_list"),
    path("plan-results/<int:pk>/", plan_results.plan_result_detail, name="plan_result_detail"),
    path(
        "plan-results/<int:pk>/<int:year>/<slug:ending>/",
        plan_results.plan_result_file,
        name="plan_result_file",
    ),
]
