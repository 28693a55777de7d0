"""What every paper of a review has around its body."""

from collections.abc import Sequence

from django.conf import settings

from households.campaign.additions.presenters import unlisted_label
from households.campaign.additions.selectors import unlisted_households
from households.ledger.selectors.tallies import Tally
from households.models import Decision, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import LONG_PAPER

DOTS, LONG_DOTS = "…" * 8, "…" * 22  # room for the hand; a line holds 33
BLANK_ROWS = 15
BLANK_PLACE = f"thôn, tổ dân phố {DOTS}"
ARCHIVE = "VT, hồ sơ rà soát"


def row_count(document: tree.DocumentTree) -> int:
    return sum(len(part.rows) for part in document.body if isinstance(part, tree.Table))


def is_long(document: tree.DocumentTree, ending: str) -> bool:
    """Whether laying it out takes longer than a page may."""
    return ending == FileFormat.PDF and row_count(document) > LONG_PAPER


def build_paper(campaign: ReviewCampaign, **own) -> tree.DocumentTree:
    """A paper whose number and day are written by hand, issued by the ward's committee."""
    ward = campaign.ward
    issuer = issuer_of(ward)
    values = {
        "symbol": "BCĐ",
        "issuer": issuer,
        "issuer_lines": issuer_lines(issuer, ward.name),
        "place": ward.place_line or ward.name,
        "year": clock.today().year,
        "bases": (),
        "recipients": (),
        "archive": ARCHIVE,
        "by_hand": True,
        "demo": settings.DEMO,
        "source": f"{campaign.standard}. {made_on()}",
        **own,
    }
    return tree.DocumentTree(**values)


def unlisted_note(campaign: ReviewCampaign) -> tuple[tree.Paragraph, ...]:
    """What a draft says of households without a form; nothing once each has one or a reason."""
    found = unlisted_households(campaign)
    if not found:
        return ()
    named = "; ".join(unlisted_label(each) for each in found)
    count = formatting.two_digits(len(found))
    return (tree.Paragraph(f"Còn {count} hộ chưa có trong kết quả: {named}."),)


def sign_paper(decision: Decision | None) -> tree.Signature:
    """The chairman, or whoever signed the decision that holds."""
    if decision is None or not decision.signer_name:
        return tree.Signature(("Chủ tịch",))
    return tree.Signature(tuple(decision.signer_title.splitlines()), decision.signer_name)


def made_on() -> str:
    """When the figures were read, for the foot of a page."""
    return f"Số liệu lập lúc {formatting.moment(clock.now())}"


def blank_rows(columns: int) -> tuple[tree.Row, ...]:
    """The rows of a list that is filled in by hand."""
    return tuple((str(number), *[""] * (columns - 1)) for number in range(1, BLANK_ROWS + 1))


def list_names(rows: Sequence) -> str:
    """The closing sentence of a list."""
    return f"Danh sách có {formatting.two_digits(len(rows))} hộ"


def count_words(tally: Tally) -> str:
    """Households and persons in words: "08 hộ, 27 khẩu"."""
    return (
        f"{formatting.two_digits(tally.households)} hộ, {formatting.two_digits(tally.persons)} khẩu"
    )
