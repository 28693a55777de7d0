"""How an exported workbook says which moment's state it shows. Read without Django, in a child."""

EXPORTED_AT = "povertyplan-exported-at"
