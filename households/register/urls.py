from django.urls import path

from households.register.views import events, households, members, village_changes, villages

urlpatterns = [
    path("households/<int:pk>/edit/", households.household_edit, name="household_edit"),
    path("households/<int:pk>/events/", households.household_events, name="household_events"),
    path("households/<int:pk>/events/<int:event_pk>/", events.event_correct, name="event_correct"),
    path("households/<int:pk>/merge/", households.household_merge, name="household_merge"),
    path("households/<int:pk>/close/", households.household_close, name="household_close"),
    path("households/<int:pk>/reopen/", households.household_reopen, name="household_reopen"),
    path("households/<int:pk>/village/", households.household_village, name="household_village"),
    path("households/<int:pk>/head/", members.head_change, name="head_change"),
    path("households/<int:pk>/members/add/", members.member_add, name="member_add"),
    path("households/<int:pk>/members/birth/", members.birth_add, name="birth_add"),
    path(
        "households/<int:pk>/members/<int:membership_pk>/edit/",
        members.member_edit,
        name="member_edit",
    ),
    path(
        "households/<int:pk>/members/<int:membership_pk>/move/",
        members.member_move,
        name="member_move",
    ),
    path(
        "households/<int:pk>/members/<int:membership_pk>/leave/",
        members.member_leave,
        name="member_leave",
    ),
    path("settings/villages/", villages.village_list, name="village_list"),
    path("settings/villages/new/", villages.village_new, name="village_new"),
    path("settings/villages/paste/", villages.village_paste, name="village_paste"),
    path("settings/villages/merge/", village_changes.village_merge, name="village_merge"),
    path("settings/villages/<int:pk>/", villages.village_detail, name="village_detail"),
    path("settings/villages/<int:pk>/edit/", villages.village_edit, name="village_edit"),
    path("settings/villages/<int:pk>/split/", village_changes.village_split, name="village_split"),
    path("settings/villages/<int:pk>/end/", villages.village_end, name="village_end"),
    path(
        "settings/villages/<int:pk>/rename/", village_changes.village_rename, name="village_rename"
    ),
]
