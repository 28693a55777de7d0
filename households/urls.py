from households.campaign import urls as campaign_urls
from households.certificates import urls as certificate_urls
from households.directory import urls as directory_urls
from households.entry import urls as entry_urls
from households.intake import urls as intake_urls
from households.need_files import urls as need_file_urls
from households.needs import urls as need_urls
from households.numbers import urls as number_urls
from households.person_facts import urls as person_fact_urls
from households.pledges import urls as pledge_urls
from households.populations import urls as population_urls
from households.register import urls as register_urls
from households.windows import urls as windows_urls
from households.workers import urls as worker_urls

app_name = "households"

urlpatterns = [
    *campaign_urls.urlpatterns,
    *certificate_urls.urlpatterns,
    *directory_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *intake_urls.urlpatterns,
    *need_file_urls.urlpatterns,
    *need_urls.urlpatterns,
    *number_urls.urlpatterns,
    *person_fact_urls.urlpatterns,
    *pledge_urls.urlpatterns,
    *population_urls.urlpatterns,
    *register_urls.urlpatterns,
    *windows_urls.urlpatterns,
    *worker_urls.urlpatterns,
]
