from django.urls import path

from reports.todo import views

urlpatterns = [
    path("todo/", views.todo, name="todo"),
]
