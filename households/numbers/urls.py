from django.urls import path

from households.numbers import views

urlpatterns = [
    path("households/numbers/", views.number_list, name="number_list"),
    path("households/numbers/<int:pk>/", views.number_settle, name="number_settle"),
]
