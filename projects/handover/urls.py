from django.urls import path

from projects.handover import views

urlpatterns = [
    path("handovers/", views.handover_list, name="handover_list"),
    path("handovers/make/", views.handover_make, name="handover_make"),
    path("handovers/<int:pk>/", views.handover_detail, name="handover_detail"),
    path("handovers/<int:pk>/send/", views.handover_send, name="handover_send"),
    path("handovers/<int:pk>/answer/", views.handover_answer, name="handover_answer"),
]
