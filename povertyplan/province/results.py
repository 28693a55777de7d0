"""Three years of recognised reviews of one invented ward, and a fourth that is half entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from households.choices import (
    DEPRIVATION_FIELDS,
    CampaignKind,
    CampaignStage,
    ListReason,
    MovementCause,
    PovertyClass,
    ReviewState,
)
from households.ledger.selectors.standards import standard_rules
from households.models import (
    CampaignVillage,
    Decision,
    HouseholdStatus,
    PovertyCause,
    PovertyStandard,
    RecognisedVersion,
    Review,
    ReviewCampaign,
    ReviewProcedure,
)
from households.models.version import digest_of
from households.rules.classification import Classification, classify
from households.rules.transitions import transition_cause
from povertyplan.core import clock
from povertyplan.core.choices import Role

from .people import NEAR, NOT, POOR, REGISTERED_ON, InventedHousehold, InventedWard

YEARS, RUNNING_YEAR = (2023, 2024, 2025), 2026
STANDARD, PROCEDURE = "2022-2026", "QD-24-2021"
# Of a thousand households of a class, how many move to another one in a year.
MOVES = (
    (POOR, NEAR, 180), (POOR, NOT, 120), (NEAR, NOT, 200), (NEAR, POOR, 10), (NOT, POOR, 1),
    (NOT, NEAR, 3),
)  # fmt: skip
ASKED = 2  # of a thousand that are on no list, ask to be reviewed and stay where they are
# Indicators that a household of any ages may lack.
FOR_ANY_AGE = (2, 4, 7, 8, 9, 10, 11, 12)
LACKING = {POOR: (3, 6), NEAR: (0, 2), NOT: (0, 1)}


@dataclass(frozen=True)
class InventedForm:
    """What one form says of a household."""

    life: InventedHousehold
    score: int
    lacks: frozenset[int]
    outcome: Classification


class Reviewer:
    """Writes the reviews of a ward, year after year, and the ledger that follows from them."""

    def __init__(self, ward: InventedWard):
        self.ward = ward
        self.standard = PovertyStandard.objects.get(code=STANDARD)
        self.rules = standard_rules(self.standard)
        self.procedure = ReviewProcedure.objects.get(code=PROCEDURE)
        self.causes = list(PovertyCause.objects.order_by("number").values_list("pk", flat=True))
        self.campaigns = ward.table(
            ReviewCampaign, "ward", "year", "kind", "name", "standard", "procedure", "opens_on",
            "closes_on", "stage", "submitted_by", "submitted_at",
        )  # fmt: skip
        self.villages = ward.table(
            CampaignVillage, "ward", "campaign", "village", "reviewer", "finished_at", "finished_by"
        )
        self.reviews = ward.table(
            Review, "ward", "campaign", "village", "household", "list_reason", "state",
            "income_score", "deprivation_score", *DEPRIVATION_FIELDS, "computed_class",
            "recorded_class", "explanation", "visited_on", "updated_by", "updated_at",
        )  # fmt: skip
        self.named = ward.table(Review.causes.through, "review", "povertycause")
        self.decisions = ward.table(
            Decision, "ward", "campaign", "number", "year", "decided_on", "effective_from",
            "signer_title", "signer_name", "prepared_by", "approved_by",
        )  # fmt: skip
        self.versions = ward.table(
            RecognisedVersion, "ward", "campaign", "number", "decision", "recognised_at",
            "content", "digest",
        )  # fmt: skip
        self.spells = ward.table(
            HouseholdStatus, "ward", "household", "poverty_class", "starts_on", "ends_on",
            "decision", "cause",
        )  # fmt: skip

    def write(self) -> None:
        for life in self.ward.lives:
            self._begin_spell(life, REGISTERED_ON, None, MovementCause.REGISTERED)
        for year in YEARS:
            self._recognise(year)
        self._enter_half()
        for table in (
            self.campaigns, self.villages, self.reviews, self.named, self.decisions,
            self.versions, self.spells,
        ):  # fmt: skip
            table.write()
        # Last: the database takes no form of a campaign that is recognised.
        over = ReviewCampaign.objects.filter(ward=self.ward.area, year__in=YEARS)
        over.update(stage=CampaignStage.RECOGNISED)

    def _recognise(self, year: int) -> None:
        listed, moving = self._list()
        decided_on = date(year, 12, 15)
        campaign = self._campaign(year, CampaignStage.SUBMITTED)
        for village in self.ward.villages:
            self._village(campaign, village.key, date(year, 10, 30))
        results = [self._result(life, moving.get(life.key, life.now)) for life in listed]
        for result in results:
            self._review(campaign, result, date(year, 10, 20))
        decision = self.decisions.add(
            self.ward.area.pk, campaign, f"{100 + year % 100}/QĐ-UBND", year, decided_on,
            decided_on, "CHỦ TỊCH", f"Chủ tịch {self.ward.position}",
            self.ward.users[Role.COORDINATOR], self.ward.users[Role.LEADER],
        )  # fmt: skip
        content = [self._recognised(each, decision, decided_on) for each in results]
        self.versions.add(
            self.ward.area.pk, campaign, 1, decision, clock.end_of(decided_on), content,
            digest_of(content),
        )  # fmt: skip

    def _enter_half(self) -> None:
        """A third of the villages is finished, a third half entered, a third untouched."""
        listed, moving = self._list()
        campaign = self._campaign(RUNNING_YEAR, CampaignStage.OPEN)
        third = max(1, len(self.ward.villages) // 3)
        for at, village in enumerate(self.ward.villages):
            here = [life for life in listed if life.village.key == village.key]
            finished = date(RUNNING_YEAR, 11, 1) if at < third else None
            self._village(campaign, village.key, finished)
            entered = len(here) if at < third else len(here) // 2 if at < 2 * third else 0
            for life in here[:entered]:
                result = self._result(life, moving.get(life.key, life.now))
                self._review(campaign, result, date(RUNNING_YEAR, 10, 20))
            for life in here[entered:]:
                self._pending(campaign, life)

    def _list(self) -> tuple[list[InventedHousehold], dict[int, PovertyClass]]:
        """Who is reviewed in a year, and the new class of those who move."""
        chance = self.ward.chance
        moving: dict[int, PovertyClass] = {}
        for before, after, share in MOVES:
            stay = [
                life for life in self.ward.lives if life.now == before and life.key not in moving
            ]
            for life in chance.sample(stay, _part(stay, share)):
                moving[life.key] = after
        others = [life for life in self.ward.lives if life.now == NOT and life.key not in moving]
        asked = {life.key for life in chance.sample(others, _part(others, ASKED))}
        reviewed = [
            life
            for life in self.ward.lives
            if life.now != NOT or life.key in moving or life.key in asked
        ]
        return reviewed, moving

    def _campaign(self, year: int, stage: CampaignStage) -> int:
        submitted = stage == CampaignStage.SUBMITTED
        return self.campaigns.add(
            self.ward.area.pk, year, CampaignKind.ANNUAL,
            f"Rà soát hộ nghèo, hộ cận nghèo định kỳ năm {year}", self.standard.pk,
            # The villages of the running one meet and post; of the others only results are kept.
            None if submitted else self.procedure.pk,
            date(year, 9, 1), date(year, 12, 14), stage,
            self.ward.users[Role.COORDINATOR] if submitted else None,
            clock.end_of(date(year, 12, 12)) if submitted else None,
        )  # fmt: skip

    def _village(self, campaign: int, village: int, finished: date | None) -> None:
        self.villages.add(
            self.ward.area.pk, campaign, village, self.ward.users[Role.ENTRY_OFFICER],
            clock.end_of(finished) if finished else None,
            self.ward.users[Role.ENTRY_OFFICER] if finished else None,
        )  # fmt: skip

    def _result(self, life: InventedHousehold, now: PovertyClass) -> InventedForm:
        """A form that leads to a class, close to what was said of the household last year."""
        chance = self.ward.chance
        wanted = chance.randint(*LACKING[now])
        lacks = sorted(life.lacks)[:wanted]
        rest = [number for number in FOR_ANY_AGE if number not in lacks]
        life.lacks = {*lacks, *chance.sample(rest, wanted - len(lacks))}
        line = self.rules.score_line(life.village.setting)
        score = line + chance.randint(5, 60) if now == NOT else line - chance.randint(0, 60)
        outcome = classify(self.rules, life.village.setting, score, life.lacks)
        return InventedForm(life, score, frozenset(life.lacks), outcome)

    def _review(self, campaign: int, result: InventedForm, visited_on: date) -> None:
        life = result.life
        review = self.reviews.add(
            self.ward.area.pk, campaign, life.village.key, life.key, _reason(life),
            ReviewState.DONE, result.score, result.outcome.deprivation_score,
            *_flags(result.lacks), result.outcome.poverty_class, result.outcome.poverty_class,
            result.outcome.explanation, visited_on, self.ward.users[Role.ENTRY_OFFICER],
            clock.end_of(visited_on),
        )  # fmt: skip
        if result.outcome.poverty_class != NOT:
            for cause in self.ward.chance.sample(self.causes, 2):
                self.named.add(review, cause)

    def _pending(self, campaign: int, life: InventedHousehold) -> None:
        self.reviews.add(
            self.ward.area.pk, campaign, life.village.key, life.key, _reason(life),
            ReviewState.PENDING, None, None, *_flags(()), "", "", "", None, None, None,
        )  # fmt: skip

    def _recognised(self, result: InventedForm, decision: int, on: date) -> dict[str, object]:
        """Begin the spell of a result; returns its line of what the decision recognised."""
        life, before = result.life, result.life.now
        after = result.outcome.poverty_class
        cause = transition_cause(before, after, life.been)
        life.now = after
        life.been.add(after)
        self._begin_spell(life, on, decision, cause)
        return {
            "household": life.key,
            "code": life.code,
            "village": life.village.name,
            "class_before": str(before),
            "class_after": str(after),
            "cause": str(cause),
            "income_score": result.score,
            "deprivation_score": result.outcome.deprivation_score,
            "deprivations": sorted(result.lacks),
            "reason": "",
        }

    def _begin_spell(self, life: InventedHousehold, on: date, decision: int | None, cause) -> None:
        if life.spell >= 0:
            self.spells.rows[life.spell][_ENDS_ON] = on - timedelta(days=1)
        life.spell = len(self.spells.rows)
        self.spells.add(self.ward.area.pk, life.key, life.now, on, None, decision, cause)


_ENDS_ON = 5  # its place in a waiting row of the ledger


def _part(lives: Sequence[InventedHousehold], share: int) -> int:
    return len(lives) * share // 1000


def _reason(life: InventedHousehold) -> ListReason:
    return ListReason.REQUESTED if life.now == NOT else ListReason.ON_LIST


def _flags(lacks: Iterable[int]) -> list[bool]:
    return [number in lacks for number in range(1, len(DEPRIVATION_FIELDS) + 1)]
