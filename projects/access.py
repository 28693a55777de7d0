"""Who may open the views of this app: one row a view."""

from povertyplan.core.access.rules import EVERY_ROLE, Rule
from povertyplan.core.choices import Role

READERS = EVERY_ROLE - {Role.ADMINISTRATOR}

RULES = [
    Rule("projects:project_list", reads=READERS, title="Dự án, tiểu dự án"),
    Rule("projects:project_detail", reads=READERS, title="Một dự án"),
]
