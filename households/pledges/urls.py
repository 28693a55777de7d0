from django.urls import path

from households.pledges.views import helping, lists, pledging

urlpatterns = [
    path("pledges/", lists.pledge_list, name="pledge_list"),
    path("pledges/export/", lists.pledge_export, name="pledge_export"),
    path("pledges/households/<int:pk>/", pledging.pledge_new, name="pledge_new"),
    path("pledges/<int:pk>/", pledging.pledge_detail, name="pledge_detail"),
    path("pledges/<int:pk>/edit/", pledging.pledge_edit, name="pledge_edit"),
    path("pledges/<int:pk>/withdraw/", pledging.pledge_withdraw, name="pledge_withdraw"),
    path("pledges/<int:pk>/helpers/new/", helping.helper_new, name="helper_new"),
    path("pledges/<int:pk>/visits/new/", helping.visit_new, name="visit_new"),
    path("pledges/helpers/<int:pk>/end/", helping.helper_end, name="helper_end"),
    path("pledges/visits/<int:pk>/withdraw/", helping.visit_withdraw, name="visit_withdraw"),
]
