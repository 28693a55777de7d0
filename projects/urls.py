from django.urls import path

from projects.programme.views import assignments, projects

app_name = "projects"

urlpatterns = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("projects/<int:pk>/years/<int:year>/", projects.project_edit, name="project_edit"),
    path("projects/<int:pk>/years/<int:year>/leave/", projects.project_leave, name="project_leave"),
    path("projects/years/<int:year>/", assignments.assignment_year, name="assignment_year"),
    path("projects/years/<int:year>/copy/", assignments.assignment_copy, name="assignment_copy"),
]
