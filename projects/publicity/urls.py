from django.urls import path

from projects.publicity import views

urlpatterns = [
    path("publicity/", views.publicity_plan, name="publicity_plan"),
    path("publicity/list/", views.publication_list, name="publication_list"),
    path("publicity/supports/", views.publicity_supports, name="publicity_supports"),
    path(
        "publicity/<int:year>/<int:pk>/<slug:occasion>/",
        views.publication_new,
        name="publication_new",
    ),
    path(
        "publicity/publications/<int:pk>/withdraw/",
        views.publication_withdraw,
        name="publication_withdraw",
    ),
]
