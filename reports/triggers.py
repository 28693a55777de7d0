"""Tables of documents and prints whose rows leave a history."""

HISTORY = (
    "reports_block",
    "reports_document",
    "reports_documentbasis",
    "reports_documentduty",
    "reports_dutyitem",
    "reports_printrun",
    "reports_recipient",
)
