"""Four recognised reviews and a fifth half entered, each step through the product's services.

The counts at the end of 2024 are a real ward's (21 poor, 113 near-poor households); all the
other flows are invented so that 2025 ends one target behind and one ahead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from households.campaign.opening.services import open_campaign
from households.campaign.procedure.services.meetings import MeetingRecord, hold_meeting
from households.campaign.procedure.services.postings import post_results
from households.campaign.recognition.services.recognising import Signer, recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.campaign.villages.services import finish_village
from households.certificates.services import CertificateBatch, issue_certificates
from households.choices import CampaignKind, PovertyClass, RequestKind
from households.entry.survey.services.confirmation import confirm_village_warnings
from households.entry.survey.services.reviews import ReviewAnswers, record_review
from households.models import (
    CampaignVillage,
    Household,
    PovertyStandard,
    Review,
    ReviewCampaign,
    ReviewProcedure,
)
from households.register.services.registering import register_household
from households.rules.people.birth_dates import age_on
from povertyplan.core import clock
from povertyplan.core.models import Area, User

from .people import NOTABLE_HEADS, Inventor
from .requests import hand_in, hand_in_late
from .years import NEAR, NOT, POOR, RUNNING_MOVES, RUNNING_YEAR, YEARS, InventedMove, Year

REGISTERED_ON = date(2021, 12, 31)
REGISTERED = {POOR: 40, NEAR: 150, NOT: 110}
# How often each indicator is met, 1 to 12; insurance and sanitation lead in the highlands.
INDICATOR_WEIGHTS = (9, 6, 5, 10, 8, 4, 6, 3, 7, 10, 6, 4)
# The indicators of the 2022-2026 standard that only somebody of certain ages can meet, from and
# under which age: work, malnutrition of children, education of grown-ups, schooling of children.
AGES = {1: (16, 60), 3: (0, 16), 5: (16, 30), 6: (3, 16)}
# What a household without anybody of those ages lacks instead: the first it does not lack yet.
INSTEAD = (4, 10, 9, 7, 11, 8, 12)


@dataclass
class Life:
    """One household as the generator sees it: its classes so far and what it lacks."""

    household: Household
    now: PovertyClass
    been: set[PovertyClass]
    births: tuple[date, ...] = ()
    lacks: set[int] = field(default_factory=set)

    def deprivations(self, on: date) -> frozenset[int]:
        """What the household lacks, as many as `lacks`, none of them of an age nobody has."""
        found = {number for number in self.lacks if self._may_lack(number, on)}
        for number in INSTEAD:
            if len(found) < len(self.lacks):
                found.add(number)
        return frozenset(found)

    def _may_lack(self, number: int, on: date) -> bool:
        youngest, under = AGES.get(number, (0, 1000))
        return any(youngest <= age_on(born, on) < under for born in self.births)


class Historian:
    """Writes the ward's history from one stream of chance."""

    def __init__(self, *, ward: Area, officer: User, leader: User, seed: int):
        self.ward, self.officer, self.leader = ward, officer, leader
        self.chance = Random(seed)  # noqa: S311 -- invented data must be the same every time
        self.villages = list(Area.objects.villages_of(ward))
        self.standard = PovertyStandard.objects.get(code="2022-2026")
        self.procedure = ReviewProcedure.objects.get(code="QD-24-2021")
        self.lines = {
            line.setting: line.score_line
            for line in self.standard.income_lines.all()
            if line.score_line is not None
        }
        self.lives: list[Life] = []

    def write(self) -> None:
        with clock.set_to(REGISTERED_ON):
            self._register()
        for year in YEARS:
            self._review_whole(year)
        self._review_half()

    def _register(self) -> None:
        inventor = Inventor(self.chance)
        classes = [each for each, count in REGISTERED.items() for _ in range(count)]
        for position, poverty_class in enumerate(classes):
            village = self._village()
            notable = position // 20 if position % 20 == 5 else None
            family = inventor.family(
                highland=self.chance.random() < (0.6 if village.setting == "rural" else 0.15),
                notable=notable if notable is not None and notable < len(NOTABLE_HEADS) else None,
            )
            household = register_household(
                ward=self.ward,
                village=village,
                code=f"HN-{village.order:02}-{position + 1:03}",
                opened_on=REGISTERED_ON,
                members=family.members,
                no_labour_capacity=family.no_labour_capacity,
                address=f"Số nhà {self.chance.randint(1, 180)}, {village.name}",
                initial_class=poverty_class,
                by=self.officer,
                source="command",
            )
            born = [member.birth_date for member in family.members]
            births = tuple(day for day in born if day is not None)
            self.lives.append(Life(household, poverty_class, {poverty_class}, births))

    def _village(self) -> Area:
        weights = [3 if village.setting == "rural" else 1 for village in self.villages]
        return self.chance.choices(self.villages, weights=weights)[0]

    def _review_whole(self, year: Year) -> None:
        changed = self._move(year.moves)
        with clock.set_to(date(year.year, 9, 1)):
            campaign = self._open(year.year, changed)
        for village in campaign.villages.select_related("village"):
            with clock.set_to(date(year.year, 10, 1) + timedelta(days=village.village.order)):
                reviews = self._reviews(village)
                self._enter(campaign, village, reviews)
                self._finish(village)
            self._meet_and_post(village, reviews)
        campaign.refresh_from_db()
        with clock.set_to(year.decided_on - timedelta(days=3)):
            campaign = submit_results(
                campaign=campaign, version=campaign.version, by=self.officer, source="command"
            )
        with clock.set_to(year.decided_on):
            recognise_results(
                campaign=campaign,
                number=year.number,
                decided_on=year.decided_on,
                signer=Signer("Chủ tịch", str(self.leader)),
                version=campaign.version,
                by=self.leader,
                source="command",
            )
            batch = CertificateBatch(campaign, None, year.decided_on)
            issue_certificates(batch=batch, by=self.officer, source="command")

    def _review_half(self) -> None:
        """The running campaign: a third of the villages done, a third begun, a third untouched."""
        changed = self._move(RUNNING_MOVES)
        escaping = [life.household for life in changed if life.now == NOT]
        hand_in(escaping[:2], kind=RequestKind.ESCAPE, by=self.officer)
        with clock.set_to(date(2026, 9, 1)):
            campaign = self._open(2026, changed)
        third = len(self.villages) // 3
        for position, village in enumerate(campaign.villages.select_related("village")):
            if position >= 2 * third:
                break
            with clock.set_to(date(2026, 10, 20) + timedelta(days=position)):
                reviews = self._reviews(village)
                entered = reviews if position < third else reviews[: (len(reviews) + 1) // 2]
                self._enter(campaign, village, entered)
                if position < third:
                    self._finish(village)
            # Three of the finished villages have met and posted, the next three have met.
            if position < third - 2:
                self._meet_and_post(village, reviews, posts=position < 3)
        others = [life for life in self.lives if life.household.pk not in self.campaign_lives]
        hand_in_late(
            [life.household for life in others[:2]],
            village=self.villages[2 * third],
            by=self.officer,
        )

    def _open(self, year: int, changed: Sequence[Life]) -> ReviewCampaign:
        """Open a campaign; newly listed households and a few that stay not poor asked for it."""
        listed_before = {POOR, NEAR}
        asked = [life for life in changed if life.household.pk in self.asked]
        unchanged = [life for life in self.lives if life.now == NOT and life not in changed]
        asked += self.chance.sample(unchanged, 6)
        if year == RUNNING_YEAR:
            hand_in([life.household for life in asked], kind=RequestKind.REVIEW, by=self.officer)
        self.campaign_lives = {
            life.household.pk: life
            for life in self.lives
            if life in asked or life in changed or life.now in listed_before
        }
        return open_campaign(
            ward=self.ward,
            year=year,
            kind=CampaignKind.ANNUAL,
            name=f"Rà soát hộ nghèo, hộ cận nghèo định kỳ năm {year}",
            standard=self.standard,
            procedure=self.procedure,
            opens_on=date(year, 9, 1),
            closes_on=date(year, 12, 14),
            requested=[life.household for life in asked],
            by=self.officer,
            source="command",
        )

    def _move(self, moves: Sequence[InventedMove]) -> list[Life]:
        """Choose who moves; returns the lives that change class, already in their new class."""
        plan: dict[int, tuple[Life, PovertyClass]] = {}
        for move in moves:
            candidates = [
                life
                for life in self.lives
                if life.now == move.before
                and life.household.pk not in plan
                and (move.back is None or (move.after in life.been) == move.back)
            ]
            for life in self.chance.sample(candidates, move.count):
                plan[life.household.pk] = (life, move.after)
        self.asked = {pk for pk, (life, _after) in plan.items() if life.now == NOT}
        for life, after in plan.values():
            life.now = after
            life.been.add(after)
        return [life for life, _after in plan.values()]

    def _reviews(self, village: CampaignVillage) -> list[Review]:
        return list(
            Review.objects.filter(
                campaign=village.campaign_id, village=village.village_id
            ).order_by("household__code")
        )

    def _enter(
        self, campaign: ReviewCampaign, village: CampaignVillage, reviews: Sequence[Review]
    ) -> None:
        for review in reviews:
            life = self.campaign_lives[review.household_id]
            record_review(
                review=review,
                answers=self._answers(life, self.lines[village.village.setting]),
                version=review.version,
                by=self.officer,
                source="command",
            )

    def _answers(self, life: Life, line: int) -> ReviewAnswers:
        """Scores that lead to the class the household is to have, close to those of last year."""
        wanted = {
            POOR: self.chance.randint(3, 6),
            NEAR: self.chance.randint(0, 2),
            NOT: self.chance.choice((0, 0, 1, 2)),
        }[life.now]
        while len(life.lacks) > wanted:
            life.lacks.discard(self.chance.choice(sorted(life.lacks)))
        while len(life.lacks) < wanted:
            life.lacks.add(self.chance.choices(range(1, 13), weights=INDICATOR_WEIGHTS)[0])
        income_score = (
            self.chance.randint(line + 5, line + 60)
            if life.now == NOT
            else self.chance.randint(line - 60, line)
        )
        causes = self.chance.sample(range(1, 8), 2) if life.now != NOT else ()
        visited_on = clock.today() - timedelta(days=self.chance.randint(1, 12))
        return ReviewAnswers(
            income_score=income_score,
            deprivations=life.deprivations(visited_on),
            causes=frozenset(causes),
            visited_on=visited_on,
        )

    def _finish(self, village: CampaignVillage) -> None:
        confirm_village_warnings(campaign_village=village, by=self.officer, source="command")
        finish_village(
            campaign_village=village, version=village.version, by=self.officer, source="command"
        )

    def _meet_and_post(
        self, village: CampaignVillage, reviews: Sequence[Review], *, posts: bool = True
    ) -> None:
        """The village agrees on its results in a meeting, and its list hangs in public."""
        if not reviews:
            return
        year, place = village.campaign.year, village.village.order
        met_on = date(year, 11, 3) + timedelta(days=place // 4)
        village.refresh_from_db()
        with clock.set_to(met_on):
            hold_meeting(
                campaign_village=village,
                record=_meeting_record(village, met_on),
                version=village.version,
                by=self.officer,
                source="command",
            )
        if not posts:
            return
        village.refresh_from_db()
        with clock.set_to(met_on + timedelta(days=1)):
            post_results(
                campaign_village=village,
                places=f"Nhà văn hóa {village.village}; trụ sở Ủy ban nhân dân",
                posted_on=clock.today(),
                version=village.version,
                by=self.officer,
                source="command",
            )


def _meeting_record(village: CampaignVillage, met_on: date) -> MeetingRecord:
    """A meeting at which all but two or three of those present agree."""
    attendance = 30 + village.village.order
    return MeetingRecord(
        held_on=met_on,
        place=f"Nhà văn hóa {village.village}",
        chair="Nguyễn Văn Thôn",
        secretary="Trần Thị Thư",
        attendance=attendance,
        agreeing=attendance - 2 - village.village.order % 2,
        minutes="Hội nghị nghe công bố kết quả rà soát từng hộ, thảo luận và nhất trí với kết quả.",
    )
