"""Publications in the demonstration, all invented: one that lasted long enough, one too late."""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.choices import PublicationPlace, PublicationTrigger
from projects.publicity.selectors.plan import plan_of_year, publication_rules
from projects.publicity.services.publications import Posted, record_publication

RECORDED_ON = date(2026, 2, 2)
YEAR = 2025
EVIDENCE = "Biên bản niêm yết và ảnh chụp (giả định)"
POSTED = {
    PublicationPlace.OFFICE: Posted(
        date(2025, 12, 17), date(2026, 1, 20), "Bảng tin trụ sở UBND phường", EVIDENCE
    ),
    PublicationPlace.VILLAGE: Posted(
        date(2025, 12, 26), date(2026, 1, 30), "Nhà văn hóa các thôn, tổ dân phố", EVIDENCE
    ),
}


def invent_publications(*, ward: Area, by: User) -> None:
    """Of the decision of 2025; everything else of the year is still to be published."""
    with clock.set_to(RECORDED_ON):
        for planned in plan_of_year(ward, YEAR, publication_rules()):
            posted = POSTED.get(PublicationPlace(planned.rule.place))
            if posted and planned.rule.trigger == PublicationTrigger.DECISION:
                record_publication(
                    ward=ward,
                    rule=planned.rule,
                    occasion=planned.occasion,
                    posted=posted,
                    by=by,
                    source="command",
                )
