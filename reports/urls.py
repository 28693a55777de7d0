from reports.dashboard import urls as dashboard_urls
from reports.papers import urls as papers_urls
from reports.plans import urls as plans_urls
from reports.progress import urls as progress_urls
from reports.reaching import urls as reaching_urls
from reports.regions import urls as regions_urls
from reports.rehearsal import urls as rehearsal_urls
from reports.simulation import urls as simulation_urls
from reports.supervision import urls as supervision_urls
from reports.tables import urls as tables_urls
from reports.targets import urls as targets_urls
from reports.todo import urls as todo_urls

app_name = "reports"

urlpatterns = [
    *dashboard_urls.urlpatterns,
    *papers_urls.urlpatterns,
    *plans_urls.urlpatterns,
    *progress_urls.urlpatterns,
    *reaching_urls.urlpatterns,
    *regions_urls.urlpatterns,
    *rehearsal_urls.urlpatterns,
    *simulation_urls.urlpatterns,
    *supervision_urls.urlpatterns,
    *tables_urls.urlpatterns,
    *targets_urls.urlpatterns,
    *todo_urls.urlpatterns,
]
