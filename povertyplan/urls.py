"""Every path of the site, by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("povertyplan.core.urls")),
    path("", include("households.urls")),
    path("", include("projects.urls")),
    path("", include("reports.urls")),
]
