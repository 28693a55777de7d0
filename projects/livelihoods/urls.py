from django.urls import path

from projects.livelihoods.views import pages, procedures, writing

urlpatterns = [
    path(
        "settings/livelihood-procedures/",
        procedures.livelihood_procedure_list,
        name="livelihood_procedure_list",
    ),
    path(
        "settings/livelihood-procedures/new/",
        procedures.livelihood_procedure_new,
        name="livelihood_procedure_new",
    ),
    path(
        "settings/livelihood-procedures/<int:pk>/",
        procedures.livelihood_procedure_edit,
        name="livelihood_procedure_edit",
    ),
    path("projects/livelihoods/", pages.livelihood_list, name="livelihood_list"),
    path("projects/livelihoods/<int:pk>/", pages.livelihood_detail, name="livelihood_detail"),
    path(
        "projects/local/<int:pk>/livelihoods/<int:year>/",
        writing.livelihood_new,
        name="livelihood_new",
    ),
    path("projects/livelihoods/<int:pk>/edit/", writing.livelihood_edit, name="livelihood_edit"),
    path("projects/livelihoods/<int:pk>/stop/", writing.livelihood_stop, name="livelihood_stop"),
    path("projects/livelihoods/<int:pk>/step/", writing.livelihood_step, name="livelihood_step"),
    path(
        "projects/livelihoods/steps/<int:pk>/withdraw/",
        writing.livelihood_step_withdraw,
        name="livelihood_step_withdraw",
    ),
    path(
        "projects/livelihoods/<int:pk>/members/new/",
        writing.livelihood_member_new,
        name="livelihood_member_new",
    ),
    path(
        "projects/livelihoods/members/<int:pk>/end/",
        writing.livelihood_member_end,
        name="livelihood_member_end",
    ),
]
