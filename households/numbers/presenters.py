"""What is said once a number is settled."""

from households.choices import NumberOutcome
from households.models import HouseholdEvent

SETTLED = {
    NumberOutcome.RIGHT: "Đã ghi kết quả đối chiếu số định danh của {person}.",
    NumberOutcome.WRONG: "Đã xóa số định danh ghi nhầm của {person}.",
}


def describe_settled(event: HouseholdEvent, outcome: str) -> str:
    return SETTLED[NumberOutcome(outcome)].format(person=event.person)
