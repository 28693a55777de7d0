from django.urls import path

from households.entry.grid.views import details, grid, printing
from households.entry.phone.views import phone_list, phone_step
from households.entry.survey.views import reviews

urlpatterns = [
    path("reviews/<int:pk>/villages/<int:village_pk>/grid/", grid.review_grid, name="review_grid"),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/grid/save/",
        grid.review_grid_save,
        name="review_grid_save",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/grid/<int:review_pk>/",
        details.review_grid_details,
        name="review_grid_details",
    ),
    path(
        "reviews/<int:pk>/villages/<int:village_pk>/grid/print/",
        printing.review_grid_print,
        name="review_grid_print",
    ),
    path("reviews/<int:pk>/phone/", phone_list.phone_list, name="phone_list"),
    path(
        "reviews/<int:pk>/phone/<int:household_pk>/<int:step>/",
        phone_step.phone_step,
        name="phone_step",
    ),
    path(
        "reviews/<int:pk>/households/<int:household_pk>/", reviews.review_edit, name="review_edit"
    ),
]
