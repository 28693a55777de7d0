"""Writes: one function for each act of the register, the review and the ledger."""

from .assignment import assign_reviewer
from .campaigns import (
    finish_village,
    open_campaign,
    reopen_village,
    return_results,
    submit_results,
)
from .confirmation import confirm_village_warnings, confirm_warnings
from .meetings import HouseholdVotes, MeetingRecord, hold_meeting
from .postings import correct_posting, decide_complaint, post_results, receive_complaint
from .recognition import Signer, recognise_results
from .register import MemberInput, register_household
from .reopening import reopen_campaign
from .reviews import ReviewAnswers, record_review

__all__ = [
    "HouseholdVotes",
    "MeetingRecord",
    "MemberInput",
    "ReviewAnswers",
    "Signer",
    "assign_reviewer",
    "confirm_village_warnings",
    "confirm_warnings",
    "correct_posting",
    "decide_complaint",
    "finish_village",
    "hold_meeting",
    "open_campaign",
    "post_results",
    "receive_complaint",
    "recognise_results",
    "record_review",
    "register_household",
    "reopen_campaign",
    "reopen_village",
    "return_results",
    "submit_results",
]
