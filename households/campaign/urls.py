from django.urls import path

from households.campaign.additions.views import new_households, unlisted
from households.campaign.holidays import views as holidays
from households.campaign.opening.views import assignment, opening
from households.campaign.overview import views as overview
from households.campaign.procedure.views import complaints, meeting, posting, scans
from households.campaign.recognition import views as recognition
from households.campaign.requests import views as requests
from households.campaign.villages import views as villages

urlpatterns = [
    path("households/new/", new_households.household_new, name="household_new"),
    path("households/<int:pk>/split/", new_households.household_split, name="household_split"),
    path("settings/holidays/", holidays.holiday_list, name="holiday_list"),
    path("settings/holidays/new/", holidays.holiday_new, name="holiday_new"),
    path("settings/holidays/proposed/", holidays.holiday_proposals, name="holiday_proposals"),
    path("settings/holidays/<int:pk>/remove/", holidays.holiday_remove, name="holiday_remove"),
    path("reviews/", overview.campaign_list, name="campaign_list"),
    path("reviews/requests/", requests.request_list, name="request_list"),
    path("reviews/requests/new/", requests.request_new, name="request_new"),
    path("reviews/requests/<int:pk>/household/", requests.request_link, name="request_link"),
    path("reviews/requests/<int:pk>/close/", requests.request_close, name="request_close"),
    path("reviews/new/", opening.campaign_open, name="campaign_open"),
    path("reviews/<int:pk>/", overview.campaign_overview, name="campaign_overview"),
    path(
        "reviews/<int:pk>/board/excel/",
        overview.campaign_overview_excel,
        name="campaign_overview_excel",
    ),
    path("reviews/<int:pk>/unlisted/", unlisted.campaign_unlisted, name="campaign_unlisted"),
    path("reviews/<int:pk>/submit/", recognition.campaign_submit, name="campaign_submit"),
    path("reviews/<int:pk>/recognise/", recognition.campaign_recognise, name="campaign_recognise"),
    path("reviews/<int:pk>/return/", recognition.campaign_return, name="campaign_return"),
    path("reviews/<int:pk>/cancel/", recognition.campaign_cancel, name="campaign_cancel"),
    path(
        "reviews/<int:pk>/cancel/decide/",
        recognition.campaign_cancel_decide,
        name="campaign_cancel_decide",
    ),
    path("reviews/<int:pk>/reopen/", recognition.campaign_reopen, name="campaign_reopen"),
    path(
        "reviews/<int:pk>/versions/<int:number>/",
        recognition.campaign_version,
        name="campaign_version",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/",
        villages.village_reviews,
        name="village_reviews",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/scans/",
        scans.village_scans,
        name="village_scans",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/scans/<int:scan_pk>/",
        scans.scan_file,
        name="scan_file",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/scans/<int:scan_pk>/remove/",
        scans.scan_remove,
        name="scan_remove",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/reviewer/",
        assignment.village_reviewer,
        name="village_reviewer",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/finish/",
        villages.village_finish,
        name="village_finish",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/reopen/",
        villages.village_reopen,
        name="village_reopen",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/meeting/",
        meeting.village_meeting,
        name="village_meeting",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/posting/",
        posting.village_posting,
        name="village_posting",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/complaints/",
        complaints.village_complaints,
        name="village_complaints",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/complaints/<int:complaint_pk>/",
        complaints.complaint_answer,
        name="complaint_answer",
    ),
]
