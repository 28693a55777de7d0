from django.urls import path

from households.person_facts.views import answers, lists

urlpatterns = [
    path("person-facts/", lists.fact_list, name="fact_list"),
    path("person-facts/export/", lists.fact_export, name="fact_export"),
    *lists.fact_pages.paths("person-facts/register/"),
    path("villages/<int:pk>/person-facts/", answers.fact_village, name="fact_village"),
    path("households/<int:pk>/person-facts/", answers.fact_household, name="fact_household"),
]
