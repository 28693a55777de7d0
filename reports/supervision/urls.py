from django.urls import path

from reports.supervision import views

urlpatterns = [
    path("supervision/", views.finding_list, name="finding_list"),
    path("supervision/new/", views.finding_new, name="finding_new"),
    path("supervision/<int:year>/annex/<slug:ending>/", views.finding_file, name="finding_file"),
    path("supervision/<int:pk>/", views.finding_detail, name="finding_detail"),
    path("supervision/<int:pk>/answer/", views.finding_answer, name="finding_answer"),
    path("supervision/<int:pk>/withdraw/", views.finding_withdraw, name="finding_withdraw"),
]
