"""Requests of households in the demonstration: in the running review, waiting, set aside.

Nothing here is drawn by lot, so that the invented history stays what it is.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle

from households.campaign.requests.services import close_request, record_request
from households.choices import RequestChannel, RequestKind
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.models import Area, User

FIRST_HANDED_IN = date(2026, 8, 3)
CHANNELS = (RequestChannel.VILLAGE, RequestChannel.IN_PERSON, RequestChannel.ONLINE)
UNREGISTERED, GONE = "Y Thu Hiền", "Trần Văn Lâm"


def hand_in(
    asking: Sequence[Household], *, kind: RequestKind, by: User, first: date = FIRST_HANDED_IN
) -> None:
    """One request of each household, every other day."""
    for number, (household, channel) in enumerate(zip(asking, cycle(CHANNELS))):
        day = first + timedelta(days=2 * number)
        with clock.set_to(day):
            record_request(
                village=household.village,
                kind=kind,
                channel=channel,
                received_on=day,
                household_code=household.code,
                by=by,
                source="command",
            )


def hand_in_late(asking: Sequence[Household], *, village: Area, by: User) -> None:
    """What came in after the running review was opened: some waits, one is set aside."""
    first, second = asking
    hand_in([first], kind=RequestKind.REVIEW, by=by, first=date(2026, 11, 9))
    hand_in([second], kind=RequestKind.AVERAGE_LIVING, by=by, first=date(2026, 11, 12))
    with clock.set_to(date(2026, 11, 16)):
        for name in (UNREGISTERED, GONE):
            request = record_request(
                village=village,
                kind=RequestKind.REVIEW,
                channel=RequestChannel.VILLAGE,
                received_on=clock.today(),
                applicant=name,
                note="Hộ mới đến, chưa có trong sổ",
                by=by,
                source="command",
            )
    with clock.set_to(date(2026, 11, 18)):
        close_request(
            request=request,
            reason="Hộ chỉ tạm trú ngắn ngày, đã trở về nơi thường trú",
            version=request.version,
            by=by,
            source="command",
        )
