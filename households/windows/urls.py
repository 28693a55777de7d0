from django.urls import path

from households.windows import views

urlpatterns = [
    path("households/window/", views.window_list, name="window_list"),
    path("households/window/export/", views.window_export, name="window_export"),
    path("households/window/<int:pk>/anchor/", views.window_anchor, name="window_anchor"),
]
