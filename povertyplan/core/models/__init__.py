"""Who and where: areas, units, users and their grants, and the journal of business acts."""

from .area import Area, Unit
from .audit import AuditEvent
from .finished_task import FinishedTask
from .history import (
    AccessEvent,
    ChainHead,
    ChainLink,
    HeadRecord,
    RowChange,
    UnsealedChange,
    WriteContext,
)
from .job import Job, JobFile
from .json_data import JSONDataField
from .kept_form import KeptForm
from .login import LoginTry
from .period import PeriodLock
from .scope import ScopedQuerySet
from .submission import Submission
from .user import RoleGrant, User

__all__ = [
    "AccessEvent",
    "Area",
    "AuditEvent",
    "ChainHead",
    "ChainLink",
    "FinishedTask",
    "HeadRecord",
    "JSONDataField",
    "Job",
    "JobFile",
    "KeptForm",
    "LoginTry",
    "PeriodLock",
    "RoleGrant",
    "RowChange",
    "ScopedQuerySet",
    "Submission",
    "Unit",
    "UnsealedChange",
    "User",
    "WriteContext",
]
