from django.urls import path

from reports.reaching import views

urlpatterns = [
    path("reaching/", views.reaching, name="reaching"),
    path("reaching/file/", views.reaching_file, name="reaching_file"),
]
