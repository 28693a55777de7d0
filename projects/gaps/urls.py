from django.urls import path

from projects.gaps.views import pages

urlpatterns = [
    path("supports/gap/", pages.need_gap, name="need_gap"),
    path("supports/gap/met/", pages.need_met, name="need_met"),
]
