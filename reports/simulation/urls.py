from django.urls import path

from reports.simulation import views

urlpatterns = [
    path("simulation/", views.simulation, name="simulation"),
    path("simulation/households/", views.simulation_list, name="simulation_list"),
    path("simulation/file/", views.simulation_file, name="simulation_file"),
]
