from django.urls import path

from reports.todo import views

urlpatterns = [
    path("todo/", views.todo, name="todo"),
    path("todo/finish/", views.todo_finish, name="todo_finish"),
    path("todo/restore/", views.todo_restore, name="todo_restore"),
]
