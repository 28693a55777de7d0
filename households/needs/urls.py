from django.urls import path

from households.needs.views import answers, kinds, lists

urlpatterns = [
    path("needs/", lists.need_list, name="need_list"),
    path("needs/export/", lists.need_export, name="need_export"),
    path("needs/households/<int:pk>/", answers.need_household, name="need_household"),
    path("needs/villages/<int:pk>/", answers.need_village, name="need_village"),
    path("needs/<int:pk>/end/", answers.need_end, name="need_end"),
    path("settings/need-kinds/", kinds.need_kind_list, name="need_kind_list"),
    path("settings/need-kinds/new/", kinds.need_kind_new, name="need_kind_new"),
    path("settings/need-kinds/<int:pk>/", kinds.need_kind_edit, name="need_kind_edit"),
]
