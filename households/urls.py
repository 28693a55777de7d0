from django.urls import path

from households.campaign import urls as campaign_urls
from households.directory import urls as directory_urls
from households.entry import urls as entry_urls
from households.intake import urls as intake_urls
from households.register import urls as register_urls
from households.views import windows

app_name = "households"

urlpatterns = [
    *campaign_urls.urlpatterns,
    *directory_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *intake_urls.urlpatterns,
    *register_urls.urlpatterns,
    path("households/window/", windows.window_list, name="window_list"),
    path("households/window/export/", windows.window_export, name="window_export"),
    path("households/window/<int:pk>/anchor/", windows.window_anchor, name="window_anchor"),
]
