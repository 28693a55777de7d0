"""Tables of documents whose rows leave a history."""

HISTORY = (
    "reports_block",
    "reports_document",
    "reports_documentbasis",
    "reports_documentduty",
    "reports_dutyitem",
    "reports_recipient",
)
