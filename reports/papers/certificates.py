"""The certificates (Mẫu 03) of a village's poor and near-poor households, one to a page."""

from households.campaign.recognition.selectors.results import Result, campaign_results
from households.certificates.selectors import certificates_under
from households.choices import PovertyClass
from households.ledger.selectors.members import HouseholdMember
from households.models import CampaignVillage, Certificate, Decision, ReviewCampaign
from households.models.certificate import SYMBOL
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from reports.printing import tree

from .frame import DOTS, LONG_DOTS, build_paper, sign_paper

CENTER = tree.Align.CENTER
BLANK_DECISION = "Quyết định số ………… ngày\u00a0…… tháng\u00a0…… năm\u00a0………"
DAY_BY_HAND = "……/……/………"
BLANK_MEMBERS = 8


def certificates(row: CampaignVillage) -> list[tree.DocumentTree]:
    """A certificate for each poor and near-poor household, with the number that it was given."""
    results = campaign_results(row.campaign, village=row.village)
    made = row.campaign.decision
    given = certificates_under(made)
    return [
        _certificate_of(row, one, made, given.get(one.household))
        for one in results
        if one.is_listed
    ]


def blank_certificate(campaign: ReviewCampaign) -> list[tree.DocumentTree]:
    """A certificate to be filled in by hand."""
    made = campaign.decision
    rows = tuple((str(number), "", "", "") for number in range(1, BLANK_MEMBERS + 1))
    return [
        _certificate(
            campaign,
            subject="Hộ nghèo, hộ cận nghèo",
            lines=(
                f"Chứng nhận hộ ông (bà): {DOTS}{DOTS}",
                f"Mã hộ: {DOTS}",
                *_identity(None),
                f"Nơi thường trú: {LONG_DOTS}",
                f"Là hộ {DOTS} theo {_in_words(made)}",
            ),
            members=rows,
            signature=sign_paper(made),
        )
    ]


def _certificate_of(
    row: CampaignVillage, result: Result, made: Decision | None, given: Certificate | None
) -> tree.DocumentTree:
    label = PovertyClass(result.after).label
    head = _head_of(result)
    name = head.full_name if head else result.head
    return _certificate(
        row.campaign,
        subject=label,
        lines=(
            f"Chứng nhận hộ ông (bà): {name}; mã hộ {result.code}",
            *_identity(head),
            f"Nơi thường trú: {_residence(row, result)}",
            f"Là {label.lower()} theo {_in_words(made)}",
        ),
        members=tuple(
            (
                str(number),
                member.full_name,
                formatting.birth(member.birth_date, member.birth_precision),
                member.relation_label,
            )
            for number, member in enumerate(result.members, start=1)
        ),
        signature=sign_paper(made),
        given=given,
        provisional=made is None,
    )


def _head_of(result: Result) -> HouseholdMember | None:
    return next((member for member in result.members if member.is_head), None)


def _identity(head: HouseholdMember | None) -> tuple[str, ...]:
    """Ethnic group and personal number of the head; the day of issue is not in the register."""
    group = (head.ethnic_name if head else "") or DOTS
    number = (head.citizen_id if head else "") or DOTS
    return (f"Dân tộc: {group}", f"Số CCCD/CMND: {number}; cấp ngày {DAY_BY_HAND}")


def _ended(line: str) -> str:
    """A line with its full stop; room for the hand at its end goes without one."""
    return line if line.endswith("…") else f"{line}."


def _certificate(
    campaign: ReviewCampaign,
    *,
    subject: str,
    lines: tuple[str, ...],
    members: tuple[tree.Row, ...],
    signature: tree.Signature,
    given: Certificate | None = None,
    provisional: bool = False,
) -> tree.DocumentTree:
    return build_paper(
        campaign,
        kind="Giấy chứng nhận",
        symbol=SYMBOL,
        number=given.number if given else None,
        signed_on=given.issued_on if given else None,
        subject=subject,
        body=(
            *(tree.Paragraph(_ended(line)) for line in lines),
            tree.Table(
                columns=(
                    tree.TableColumn(8, CENTER),
                    tree.TableColumn(42),
                    tree.TableColumn(22, CENTER),
                    tree.TableColumn(28),
                ),
                head=(("TT", "Họ và tên", "Ngày sinh", "Quan hệ với chủ hộ"),),
                rows=members or ((tree.Cell("", colspan=4),),),
                title="Thành viên trong hộ",
            ),
        ),
        closing=f"Giấy chứng nhận này cấp theo kết quả {lower_first(campaign.name)}",
        signature=signature,
        archive="VT",
        provisional=provisional,
    )


def _in_words(made: Decision | None) -> str:
    if made is None:
        return BLANK_DECISION
    return f"Quyết định số {made.number} {formatting.long_day(made.decided_on)}"


def _residence(row: CampaignVillage, result: Result) -> str:
    parts = [result.address] if result.address else []
    if str(row.village) not in result.address:
        parts.append(str(row.village))
    return ", ".join([*parts, str(row.campaign.ward)])
