from django.urls import path

from households.directory.views import exports, households, quality, reveal

urlpatterns = [
    path("households/", households.household_list, name="household_list"),
    path("households/export/", exports.household_export, name="household_export"),
    path("households/quality/", quality.quality, name="quality"),
    path("households/<int:pk>/", households.household_detail, name="household_detail"),
    path(
        "households/<int:pk>/members/<int:person_pk>/citizen-id/",
        reveal.reveal_citizen_id,
        name="reveal_citizen_id",
    ),
]
