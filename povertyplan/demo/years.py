"""Who moves between the classes in each invented year."""

from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass

POOR, NEAR, NOT = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
RUNNING_YEAR = 2026


@dataclass(frozen=True)
class Move:
    """So many households go from one class to another; `back` = they were there before."""

    before: PovertyClass
    after: PovertyClass
    count: int
    back: bool | None = None


@dataclass(frozen=True)
class Year:
    year: int
    decided_on: date
    number: str
    moves: tuple[Move, ...]


YEARS = (
    Year(
        2022,
        date(2022, 12, 15),
        "386/QĐ-UBND",
        (
            Move(POOR, NEAR, 7),
            Move(POOR, NOT, 4),
            Move(NEAR, NOT, 20),
            Move(NEAR, POOR, 2),
            Move(NOT, POOR, 2, back=False),
            Move(NOT, NEAR, 5, back=False),
        ),
    ),
    Year(
        2023,
        date(2023, 12, 14),
        "421/QĐ-UBND",
        (
            Move(POOR, NEAR, 6),
            Move(POOR, NOT, 4),
            Move(NEAR, NOT, 24),
            Move(NEAR, POOR, 2),
            Move(NOT, POOR, 1, back=False),
            Move(NOT, POOR, 1, back=True),
            Move(NOT, NEAR, 4, back=False),
            Move(NOT, NEAR, 2, back=True),
        ),
    ),
    Year(
        2024,
        date(2024, 12, 16),
        "455/QĐ-UBND",
        (
            Move(POOR, NEAR, 6),
            Move(POOR, NOT, 3),
            Move(NEAR, NOT, 22),
            Move(NEAR, POOR, 1),
            Move(NOT, POOR, 1, back=False),
            Move(NOT, POOR, 1, back=True),
            Move(NOT, NEAR, 3, back=False),
            Move(NOT, NEAR, 1, back=True),
        ),
    ),
    Year(
        2025,
        date(2025, 12, 15),
        "208/QĐ-UBND",
        (
            Move(POOR, NEAR, 7),
            Move(POOR, NOT, 3),
            Move(NEAR, NOT, 19),
            Move(NEAR, POOR, 1),
            Move(NOT, POOR, 1, back=False),
            Move(NOT, POOR, 1, back=True),
            Move(NOT, NEAR, 3, back=False),
            Move(NOT, NEAR, 1, back=True),
        ),
    ),
)
RUNNING_MOVES = (
    Move(POOR, NEAR, 4),
    Move(POOR, NOT, 2),
    Move(NEAR, NOT, 14),
    Move(NEAR, POOR, 1),
    Move(NOT, POOR, 1, back=False),
    Move(NOT, NEAR, 2, back=False),
)
