"""What the worker looks at by itself: whether the data moved on since documents were signed."""

from povertyplan.core.platform import jobs
from reports.plans.amending.services.comparing import compare_issued_documents

jobs.register_standing(compare_issued_documents)
