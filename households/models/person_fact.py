"""Health insurance and schooling of persons: what was said of each, on which day, by whom."""

from django.db import models
from django.db.models import F, Q

from households.choices import FactAnswer, FactSource, FactTopic, SchoolLevel
from povertyplan.core.models import Area

from .household import Household, Person, RegisterQuerySet


class PersonFactQuerySet(RegisterQuerySet):
    village_path = "household__village"


class PersonFact(models.Model):
    """What holds of a person from a day (bảo hiểm y tế, đi học), until something newer is said.

    Without one, or where the answer is unclear, it is not known. `household` is where they lived
    then; `valid_to` is the last day of a card. The same day asked again is corrected, and the
    history keeps what stood there. Personal.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="person_facts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="facts")
    topic = models.CharField("Nội dung", max_length=10, choices=FactTopic)
    answer = models.CharField("Trả lời", max_length=8, choices=FactAnswer)
    level = models.CharField("Cấp học", max_length=16, choices=SchoolLevel, blank=True)
    as_of = models.DateField("Số liệu ngày")
    valid_to = models.DateField("Thẻ dùng đến ngày", null=True, blank=True)
    source = models.CharField("Nguồn", max_length=10, choices=FactSource)
    document = models.CharField("Văn bản, danh sách", max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PersonFactQuerySet.as_manager()

    class Meta:
        verbose_name = "bảo hiểm y tế, đi học của một người"
        ordering = ["person", "topic", "-as_of"]
        indexes = [models.Index(fields=["ward", "topic", "as_of"], name="person_fact_ward_topic")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "as_of"], name="person_fact_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=FactTopic.values, answer__in=FactAnswer.values)
                & Q(source__in=FactSource.values),
                name="person_fact_known_words",
            ),
            models.CheckConstraint(
                condition=Q(level="")
                | Q(topic=FactTopic.SCHOOLING, answer=FactAnswer.YES, level__in=SchoolLevel.values),
                name="person_fact_level_of_a_pupil",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(topic=FactTopic.INSURANCE, answer=FactAnswer.YES, valid_to__gte=F("as_of")),
                name="person_fact_card_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_topic_display().lower()}"
