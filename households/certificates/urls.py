from django.urls import path

from households.certificates import views

urlpatterns = [
    path("households/certificates/", views.certificate_list, name="certificate_list"),
    path("households/certificates/export/", views.certificate_export, name="certificate_export"),
    path(
        "reviews/<int:pk>/certificates/",
        views.certificate_issue,
        name="certificate_issue",
    ),
]
