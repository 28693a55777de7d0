"""Every path of the site, by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("povertyplan.core.urls")),
    path("", include("households.urls")),
    path("", include("projects.urls")),
    path("", include("reports.urls")),
]

handler400 = "povertyplan.core.platform.views.faults.bad_request"
handler403 = "povertyplan.core.platform.views.faults.forbidden"
handler404 = "povertyplan.core.platform.views.faults.not_found"
handler500 = "povertyplan.core.platform.views.faults.server_error"
