from django.urls import path

from projects.support.views import giving, kinds, ledger, registers, steps

urlpatterns = [
    path("supports/", ledger.support_list, name="support_list"),
    path("supports/kinds/", ledger.support_kinds, name="support_kinds"),
    path("supports/export/", ledger.support_export, name="support_export"),
    *registers.support_pages.paths("supports/"),
    path("supports/kinds/export/", registers.kind_export, name="support_kind_list_export"),
    *registers.kind_pages.paths("supports/kinds/"),
    path("supports/kinds/new/", kinds.support_kind_new, name="support_kind_new"),
    path("supports/kinds/<int:pk>/", kinds.support_kind_detail, name="support_kind_detail"),
    path("supports/kinds/<int:pk>/edit/", kinds.support_kind_edit, name="support_kind_edit"),
    path("supports/new/", giving.support_new, name="support_new"),
    path("supports/batch/", giving.support_batch, name="support_batch"),
    path("supports/deliver/", steps.support_deliver, name="support_deliver"),
    path("supports/acknowledge/", steps.support_acknowledge, name="support_acknowledge"),
    path("supports/households/<int:pk>/", giving.support_household, name="support_household"),
    path("supports/<int:pk>/", ledger.support_detail, name="support_detail"),
    path("supports/<int:pk>/withdraw/", ledger.support_withdraw, name="support_withdraw"),
]
