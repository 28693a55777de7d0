from django.urls import path

from projects.donations.views import pages, registers

urlpatterns = [
    path("donations/", pages.donation_list, name="donation_list"),
    path("donations/new/", pages.donation_new, name="donation_new"),
    path("donations/export/", registers.donation_export, name="donation_register_export"),
    *registers.donation_pages.paths("donations/"),
    path("donations/<int:pk>/reverse/", pages.donation_reverse, name="donation_reverse"),
]
