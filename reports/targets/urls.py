from django.urls import path

from reports.targets import views

urlpatterns = [
    path("targets/", views.target_list, name="target_list"),
    path("targets/<int:pk>/<int:year>/", views.actual_edit, name="actual_edit"),
]
