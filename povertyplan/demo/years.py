"""Who moves between the classes in each invented year."""

from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass

POOR, NEAR, NOT = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
RUNNING_YEAR = 2026


@dataclass(frozen=True)
class InventedMove:
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
    moves: tuple[InventedMove, ...]


YEARS = (
    Year(
        2022,
        date(2022, 12, 15),
        "386/QĐ-UBND",
        (
            InventedMove(POOR, NEAR, 7),
            InventedMove(POOR, NOT, 4),
            InventedMove(NEAR, NOT, 20),
            InventedMove(NEAR, POOR, 2),
            InventedMove(NOT, POOR, 2, back=False),
            InventedMove(NOT, NEAR, 5, back=False),
        ),
    ),
    Year(
        2023,
        date(2023, 12, 14),
        "421/QĐ-UBND",
        (
            InventedMove(POOR, NEAR, 6),
            InventedMove(POOR, NOT, 4),
            InventedMove(NEAR, NOT, 24),
            InventedMove(NEAR, POOR, 2),
            InventedMove(NOT, POOR, 1, back=False),
            InventedMove(NOT, POOR, 1, back=True),
            InventedMove(NOT, NEAR, 4, back=False),
            InventedMove(NOT, NEAR, 2, back=True),
        ),
    ),
    Year(
        2024,
        date(2024, 12, 16),
        "455/QĐ-UBND",
        (
            InventedMove(POOR, NEAR, 6),
            InventedMove(POOR, NOT, 3),
            InventedMove(NEAR, NOT, 22),
            InventedMove(NEAR, POOR, 1),
            InventedMove(NOT, POOR, 1, back=False),
            InventedMove(NOT, POOR, 1, back=True),
            InventedMove(NOT, NEAR, 3, back=False),
            InventedMove(NOT, NEAR, 1, back=True),
        ),
    ),
    Year(
        2025,
        date(2025, 12, 15),
        "208/QĐ-UBND",
        (
            InventedMove(POOR, NEAR, 7),
            InventedMove(POOR, NOT, 3),
            InventedMove(NEAR, NOT, 19),
            InventedMove(NEAR, POOR, 1),
            InventedMove(NOT, POOR, 1, back=False),
            InventedMove(NOT, POOR, 1, back=True),
            InventedMove(NOT, NEAR, 3, back=False),
            InventedMove(NOT, NEAR, 1, back=True),
        ),
    ),
)
RUNNING_MOVES = (
    InventedMove(POOR, NEAR, 4),
    InventedMove(POOR, NOT, 2),
    InventedMove(NEAR, NOT, 14),
    InventedMove(NEAR, POOR, 1),
    InventedMove(NOT, POOR, 1, back=False),
    InventedMove(NOT, NEAR, 2, back=False),
)
