from django.urls import path

from reports.papers.views import forms_centre, handovers, papers, pledges, publicity, receipts

urlpatterns = [
    path(
        "forms/publicity/<slug:listing>/<int:year>/<int:quarter>/<slug:ending>/",
        publicity.publicity_file,
        name="publicity_file",
    ),
    path("forms/handovers/<int:pk>/<slug:ending>/", handovers.handover_file, name="handover_file"),
    path("forms/pledges/<int:pk>/<slug:ending>/", pledges.pledge_paper, name="pledge_paper"),
    path("supports/receipts/", receipts.receipt_sheet, name="receipt_sheet"),
    path("supports/receipts/<slug:ending>/", receipts.receipt_file, name="receipt_file"),
    path("forms/", forms_centre.form_list, name="form_list"),
    path("forms/reviews/<int:pk>/", papers.review_papers, name="review_papers"),
    path("forms/reviews/<int:pk>/pack/", papers.campaign_pack, name="campaign_pack"),
    path(
        "forms/reviews/<int:pk>/villages/<int:village_pk>/pack/",
        papers.village_pack,
        name="village_pack",
    ),
    path(
        "forms/reviews/<int:pk>/villages/<int:village_pk>/<slug:paper>/<slug:ending>/",
        papers.village_paper,
        name="village_paper",
    ),
    path(
        "forms/reviews/<int:pk>/ward/<slug:paper>/<slug:ending>/",
        papers.campaign_paper,
        name="campaign_paper",
    ),
    path(
        "forms/reviews/<int:pk>/blank/<slug:paper>/<slug:ending>/",
        papers.blank_paper,
        name="blank_paper",
    ),
]
