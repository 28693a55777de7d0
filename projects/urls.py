from django.urls import path

from projects.donations import urls as donation_urls
from projects.gaps import urls as gap_urls
from projects.handover import urls as handover_urls
from projects.livelihoods import urls as livelihood_urls
from projects.money.views import entries, pages, registers
from projects.programme import urls as programme_urls
from projects.programme.views import activities, assignments, projects, structure
from projects.publicity import urls as publicity_urls
from projects.support import urls as support_urls

app_name = "projects"

urlpatterns = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("projects/<int:pk>/years/<int:year>/", projects.project_new, name="project_new"),
    path("projects/local/<int:pk>/", projects.project_edit, name="project_edit"),
    path("projects/local/<int:pk>/leave/<int:year>/", projects.project_leave, name="project_leave"),
    path("projects/years/<int:year>/", assignments.assignment_year, name="assignment_year"),
    path("projects/years/<int:year>/copy/", assignments.assignment_copy, name="assignment_copy"),
    path("my-unit/", activities.unit_work, name="unit_work"),
    path(
        "projects/local/<int:pk>/activities/<int:year>/",
        activities.activity_new,
        name="activity_new",
    ),
    path("projects/activities/<int:pk>/", activities.activity_edit, name="activity_edit"),
    path(
        "projects/activities/<int:pk>/report/", activities.activity_report, name="activity_report"
    ),
    path(
        "projects/activities/<int:pk>/remove/", activities.activity_remove, name="activity_remove"
    ),
    path("settings/programmes/", structure.programme_list, name="programme_list"),
    path("settings/programmes/new/", structure.programme_new, name="programme_new"),
    path("settings/programmes/<int:pk>/", structure.programme_detail, name="programme_detail"),
    path("settings/programmes/<int:pk>/edit/", structure.programme_edit, name="programme_edit"),
    path("settings/programmes/<int:pk>/parts/new/", structure.part_new, name="part_new"),
    path("settings/programmes/parts/<int:pk>/edit/", structure.part_edit, name="part_edit"),
    path("settings/programmes/parts/<int:pk>/new/", structure.part_below, name="part_below"),
    path("money/", pages.money_year, name="money_year"),
    path("money/export/", registers.money_export, name="money_export"),
    *registers.money_pages.paths("money/"),
    path("money/<int:pk>/<int:year>/", pages.money_project, name="money_project"),
    path("money/<int:pk>/<int:year>/new/", entries.entry_new, name="entry_new"),
    path("money/entries/<int:pk>/reverse/", entries.entry_reverse, name="entry_reverse"),
    *donation_urls.urlpatterns,
    *livelihood_urls.urlpatterns,
    *programme_urls.urlpatterns,
    *handover_urls.urlpatterns,
    *publicity_urls.urlpatterns,
    *gap_urls.urlpatterns,
    *support_urls.urlpatterns,
]
