from django.urls import path

from households.populations import views

urlpatterns = [
    path("settings/populations/", views.population_list, name="population_list"),
    path("settings/populations/new/", views.population_new, name="population_new"),
    path("settings/populations/paste/", views.population_paste, name="population_paste"),
    path("settings/populations/area/<int:pk>/", views.population_area, name="population_area"),
    path("settings/populations/<int:pk>/edit/", views.population_edit, name="population_edit"),
    path(
        "settings/populations/<int:pk>/remove/", views.population_remove, name="population_remove"
    ),
]
