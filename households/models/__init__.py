"""The register, the yearly review and the ledger of recognised statuses."""

from .campaign import CampaignVillage, ReviewCampaign
from .certificate import Certificate
from .draft import ReviewDraft
from .event import HouseholdEvent
from .household import Household, Membership, Person
from .imports import ColumnMapping, ImportBatch, ImportChange, ImportFile, ImportRow
from .meeting import MeetingVote, VillageMeeting
from .need import NeedInquiry, NeedKind, SupportNeed
from .omission import ReviewOmission
from .person_fact import PersonFact
from .pledge import EscapePledge, HelperVisit, HouseholdHelper
from .posting import Complaint, Posting
from .procedure import Holiday, ReviewProcedure
from .request import ReviewRequest
from .review import DEPRIVATION_FIELDS, Review
from .scan import MeetingScan, ScanContent
from .standard import (
    DeprivationIndicator,
    EthnicGroup,
    IncomeLine,
    PovertyCause,
    PovertyStandard,
)
from .status import AreaYear, Decision, HouseholdStatus, ListedResult
from .version import RecognisedVersion
from .worker import LowIncomeTerm, LowIncomeWorker

__all__ = [
    "DEPRIVATION_FIELDS",
    "AreaYear",
    "CampaignVillage",
    "Certificate",
    "ColumnMapping",
    "Complaint",
    "Decision",
    "DeprivationIndicator",
    "EscapePledge",
    "EthnicGroup",
    "HelperVisit",
    "Holiday",
    "Household",
    "HouseholdEvent",
    "HouseholdHelper",
    "HouseholdStatus",
    "ImportBatch",
    "ImportChange",
    "ImportFile",
    "ImportRow",
    "IncomeLine",
    "ListedResult",
    "LowIncomeTerm",
    "LowIncomeWorker",
    "MeetingScan",
    "MeetingVote",
    "Membership",
    "NeedInquiry",
    "NeedKind",
    "Person",
    "PersonFact",
    "Posting",
    "PovertyCause",
    "PovertyStandard",
    "RecognisedVersion",
    "Review",
    "ReviewCampaign",
    "ReviewDraft",
    "ReviewOmission",
    "ReviewProcedure",
    "ReviewRequest",
    "ScanContent",
    "SupportNeed",
    "VillageMeeting",
]
