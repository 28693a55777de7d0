"""What a new plan asks for: what it begins from, and its years."""

from typing import Any

from django import forms

from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import LineField, YearField
from povertyplan.core.text.vietnamese import upper_first
from reports.choices import AmendKind
from reports.models import Document
from reports.plans.drafting.selectors import name_plan
from reports.plans.drafting.services import PlanStart, period_faults
from reports.plans.drafting.templates import plan_templates

FIRST_YEAR, LAST_YEAR = 2016, 2100
MOST_OFFERED = 50
MOST_SAID = 5


class PlanStartForm(forms.Form):
    """A new plan of a ward, from one of its `plans` or from a template."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    key = SubmissionKeyField()
    start = forms.ChoiceField(
        label="Lập từ",
        error_messages={
            "required": "Chọn kế hoạch gốc hoặc mẫu.",
            "invalid_choice": "Chọn kế hoạch gốc hoặc mẫu trong danh sách.",
        },
    )
    year_from = YearField(
        label="Năm đầu", last=LAST_YEAR, error_messages={"required": "Nhập năm đầu."}
    )
    year_to = YearField(
        label="Năm cuối", last=LAST_YEAR, error_messages={"required": "Nhập năm cuối."}
    )
    beside = forms.ChoiceField(
        label="Nếu đã có kế hoạch của cùng thời gian",
        choices=[
            (AmendKind.REPLACES.value, "Kế hoạch mới thay thế kế hoạch đã ban hành"),
            (AmendKind.ADDS.value, AmendKind.ADDS.label),
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Chọn thay thế hoặc ban hành thêm."},
    )
    subject = LineField(
        label="Trích yếu",
        max_length=300,
        required=False,
        help_text="Để trống để lấy theo kế hoạch gốc hoặc mẫu.",
        error_messages={"max_length": "Trích yếu dài nhất 300 ký tự."},
    )

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, **kwargs)
        newest = Document.objects.plans().filter(ward=ward).order_by("-year_from", "-pk")
        self.fields["beside"].help_text = self._standing(newest)
        self.plans = {f"plan-{plan.pk}": plan for plan in newest[:MOST_OFFERED]}
        templates = [(code, template.name) for code, template in plan_templates().items()]
        plans = [(code, self._label(plan)) for code, plan in self.plans.items()]
        groups = [("Kế hoạch đã có", plans)] if plans else []
        self.fields["start"].choices = [*groups, ("Mẫu", templates)]

    @staticmethod
    def _standing(plans) -> str:
        """Which years have a plan already, said before anybody chooses some."""
        listed = "; ".join(name_plan(plan) for plan in plans[:MOST_SAID] if not plan.ended_as)
        return f"Hiện có: {listed}." if listed else ""

    @staticmethod
    def _label(plan: Document) -> str:
        years = formatting.years(plan.year_from, plan.year_to)
        return f"{upper_first(plan.subject)} ({years})"

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        if first is not None and first < FIRST_YEAR:
            self.add_error("year_from", f"Năm đầu từ {FIRST_YEAR}.")
        for name, fault in period_faults(first, last).items():
            self.add_error(name, fault)

    def values(self) -> dict[str, object]:
        """What the service takes."""
        values = dict(self.cleaned_data)
        chosen = values.pop("start")
        plan = self.plans.get(chosen)
        values["start"] = PlanStart(source=plan, template="" if plan else chosen)
        return values
