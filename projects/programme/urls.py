from django.urls import path

from projects.programme.views import duties, registers

urlpatterns = [
    path("settings/unit-duties/", duties.duty_list, name="duty_list"),
    path("settings/unit-duties/new/", duties.duty_new, name="duty_new"),
    path("settings/unit-duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("projects/activities/export/", registers.activity_export, name="activity_list_export"),
    *registers.activity_pages.paths("projects/activities/"),
    path("projects/export/", registers.ward_project_export, name="ward_project_list_export"),
    *registers.project_pages.paths("projects/"),
    path("projects/units/export/", registers.assignment_export, name="assignment_list_export"),
    *registers.assignment_pages.paths("projects/units/"),
    path("settings/programmes/export/", registers.programme_export, name="programme_list_export"),
    *registers.programme_pages.paths("settings/programmes/"),
    path("settings/programmes/<int:pk>/export/", registers.part_export, name="part_list_export"),
    *registers.part_pages.paths("settings/programmes/parts/"),
]
