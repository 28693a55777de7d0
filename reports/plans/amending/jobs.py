"""What the worker looks at by itself: whether the data moved on since documents were signed."""

from povertyplan.core.platform import standing_work
from reports.plans.amending.services.comparing import compare_issued_documents

standing_work.register(compare_issued_documents)
