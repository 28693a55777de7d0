"""What the pages of insurance and schooling take in: filters, and answers one line a member."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from households.choices import (
    LISTED,
    FactAnswer,
    FactSource,
    FactState,
    FactTopic,
    PovertyClass,
    SchoolLevel,
)
from households.person_facts.selectors import FactFilter, PersonLine
from households.person_facts.services import NamedFact
from households.rules.people.facts import FactDraft
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import (
    CHOOSE,
    NOT_LISTED,
    LineField,
    VietnameseDateField,
)

NO_ANSWER = [("", "–")]
# Who is older is seldom at school; a file takes anybody.
OLDEST_ASKED = 25
OF_TOPIC = {FactTopic.INSURANCE: "valid_to", FactTopic.SCHOOLING: "level"}


class FactFilterForm(forms.Form):
    """Filters of the list. A wrong value is named in an error and does not filter."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    topic = forms.ChoiceField(
        label="Nội dung", choices=FactTopic.choices, required=False, error_messages=NOT_LISTED
    )
    village = forms.ModelChoiceField(
        label="Thôn, tổ dân phố",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Tất cả",
        error_messages=NOT_LISTED,
    )
    poverty_class = forms.ChoiceField(
        label="Diện hộ",
        choices=[("", "Tất cả"), *((each, PovertyClass(each).label) for each in LISTED)],
        required=False,
        error_messages=NOT_LISTED,
    )
    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[("", "Tất cả"), *FactState.choices],
        required=False,
        error_messages=NOT_LISTED,
    )

    def __init__(self, data: Any, *, ward: Area, user: User):
        super().__init__(data, auto_id="fact_%s")
        villages = Area.objects.visible_to(user).filter(kind=AreaKind.VILLAGE, parent=ward)
        self.fields["village"].queryset = villages.in_order_of_wards()

    def village_asked(self) -> Area | None:
        self.is_valid()
        return self.cleaned_data.get("village")

    def asked(self) -> FactFilter:
        self.is_valid()
        values = self.cleaned_data
        return FactFilter(
            topic=values.get("topic") or FactTopic.INSURANCE,
            poverty_class=values.get("poverty_class", ""),
            state=values.get("state", ""),
        )

    def in_words(self) -> list[str]:
        """The conditions in words, for the head of an exported list."""
        asked = self.asked()
        parts = [
            str(self.village_asked() or ""),
            PovertyClass(asked.poverty_class).label if asked.poverty_class else "",
            FactState(asked.state).label if asked.state else "",
        ]
        return [FactTopic(asked.topic).label, *(part for part in parts if part)]


class FactLineForm(forms.Form):
    """What is said of one member; a line without an answer leaves them as they are."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    insurance = forms.ChoiceField(
        label="Bảo hiểm y tế", choices=[*NO_ANSWER, *FactAnswer.choices], required=False
    )
    valid_to = VietnameseDateField(label="Thẻ dùng đến ngày", required=False)
    schooling = forms.ChoiceField(
        label="Đi học", choices=[*NO_ANSWER, *FactAnswer.choices], required=False
    )
    level = forms.ChoiceField(
        label="Cấp học", choices=[*NO_ANSWER, *SchoolLevel.choices], required=False
    )

    def __init__(self, data: Any = None, *, line: PersonLine, topics: Collection[str]):
        super().__init__(data, prefix=_prefix(line))
        self.line = line
        for topic, more in OF_TOPIC.items():
            if topic not in topics or not may_ask(line, topic):
                del self.fields[topic.value], self.fields[more]
        for field in self.fields.values():
            # The heads of the table name the columns; a fault has to name the person, too.
            field.label = f"{line.person}, {field.label.lower()}"
            field.widget.attrs["aria-label"] = field.label

    def said(self) -> list[tuple[str, dict[str, Any]]]:
        """The topics of which something was typed, with what was."""
        found = []
        for topic, more in OF_TOPIC.items():
            answer, detail = (self.cleaned_data.get(name) or "" for name in (topic.value, more))
            if answer or detail:
                found.append((topic.value, {"answer": answer, more: detail or None}))
        return found


class FactSheetForm(forms.Form):
    """Answers of several members of one day, and who told them."""

    as_of = VietnameseDateField(label="Số liệu ngày")
    source = forms.ChoiceField(label="Nguồn", choices=FactSource.choices, error_messages=CHOOSE)
    document = LineField(
        label="Văn bản, danh sách",
        max_length=250,
        required=False,
        help_text="Ví dụ: danh sách của Bảo hiểm xã hội gửi ngày 05/11/2026.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        shown: Sequence[PersonLine],
        topics: Collection[str] = FactTopic.values,
        **kwargs: Any,
    ):
        super().__init__(data, **kwargs)
        self.asks_insurance = FactTopic.INSURANCE in topics
        self.asks_schooling = FactTopic.SCHOOLING in topics
        self.lines = [FactLineForm(data, line=line, topics=topics) for line in shown]

    def is_valid(self) -> bool:
        # Every line is checked, so that all faults are named at once.
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)])

    def facts(self) -> list[NamedFact]:
        cleaned = self.cleaned_data
        return [
            NamedFact(
                household=form.line.household,
                person=form.line.person,
                draft=FactDraft(
                    topic=topic,
                    answer=said["answer"],
                    as_of=cleaned["as_of"],
                    level=said.get("level") or "",
                    valid_to=said.get("valid_to"),
                ),
                source=cleaned["source"],
                document=cleaned["document"],
            )
            for form in self.lines
            for topic, said in form.said()
        ]


def may_ask(line: PersonLine, topic: str) -> bool:
    """Whether a topic is asked of somebody: schooling of the young, and of who has no birth."""
    return topic == FactTopic.INSURANCE or line.age is None or line.age < OLDEST_ASKED


def was_sent(line: PersonLine, topic: str, data: Mapping[str, Any]) -> bool:
    """Whether a page that was sent had a line of a member."""
    return f"{_prefix(line)}-{FactTopic(topic).value}" in data


def _prefix(line: PersonLine) -> str:
    return f"p{line.person.pk}"
