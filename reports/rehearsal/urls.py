from django.urls import path

from reports.rehearsal import views

urlpatterns = [
    path(
        "reviews/<int:pk>/if-signed-today/",
        views.recognition_rehearsal,
        name="recognition_rehearsal",
    ),
    path(
        "reviews/<int:pk>/if-signed-today/file/",
        views.recognition_rehearsal_file,
        name="recognition_rehearsal_file",
    ),
]
