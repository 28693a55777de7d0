from django.urls import path

from reports.dashboard import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/dimensions/", views.dimension_board, name="dimension_board"),
]
