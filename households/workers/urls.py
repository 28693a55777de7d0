from django.urls import path

from households.workers.views import pages, registers

urlpatterns = [
    path("low-income-workers/", pages.worker_list, name="worker_list"),
    path("low-income-workers/export/", registers.worker_export, name="worker_export"),
    *registers.worker_pages.paths("low-income-workers/"),
    path("low-income-workers/<int:pk>/end/", pages.worker_end, name="worker_end"),
    path("households/<int:pk>/low-income/", pages.worker_new, name="worker_new"),
]
