"""What a unit's report takes in, and why a part of it is sent back."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyplan.core.text.fields import DecimalNumberField, LineField, VersionField
from povertyplan.core.text.vietnamese import lower_first
from reports.choices import TEXT_PARTS, FigureAnswer, ReportPart
from reports.models import UnitReport, UnitReportFigure
from reports.progress.unit_reports.differences import (
    LONGEST_TEXT,
    NO_ESTIMATE,
    TEXT_TOO_LONG,
    FigureReply,
    content_of,
    figure_hint,
    open_parts,
    tidy_reply,
)
from reports.progress.unit_reports.services.villages import NOBODY_TOLD

SAYS_NOTHING = "Viết phần này; không có gì để báo cáo thì ghi “Không có”."
LARGEST = 10**15
# Activities have a day on which they are due.
ESTIMATED = (ReportPart.INDICATORS, ReportPart.MONEY)
HINTS = {
    ReportPart.RESULTS: "Việc đã làm, con số đáng chú ý trong kỳ.",
    ReportPart.DIFFICULTIES: "Việc chưa làm được và vì sao; không có thì ghi “Không có”.",
    ReportPart.PROPOSALS: "Đề nghị ai làm gì; không có thì ghi “Không có”.",
}

VILLAGE_HINTS = {
    ReportPart.RESULTS: "Thôn, tổ dân phố đã làm gì: họp, vận động, giúp hộ; ví dụ “Đã họp 2 lần”.",
    ReportPart.DIFFICULTIES: "Việc gì vướng, hộ nào cần giúp; không có thì ghi “Không có”.",
    ReportPart.PROPOSALS: "Đề nghị phường, xã làm gì; không có thì ghi “Không có”.",
}


@dataclass(frozen=True)
class FigureRow:
    """A figure with the fields in which the unit answers it."""

    figure: UnitReportFigure
    answer: forms.BoundField
    own: forms.BoundField
    reason: forms.BoundField
    estimate: forms.BoundField | None


class UnitReportForm(forms.Form):
    """Everything a unit writes for a period, on one page."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()

    def __init__(
        self, *args, report: UnitReport, figures: list[UnitReportFigure], estimates: bool, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.report, self.figures, self.estimates = report, figures, estimates
        self.initial.setdefault("version", report.version)
        for figure in figures:
            self._add_figure(figure)
        for part in TEXT_PARTS:
            self.fields[part.value] = forms.CharField(
                label=part.label,
                required=False,
                max_length=LONGEST_TEXT,
                help_text=HINTS[part],
                widget=forms.Textarea(attrs={"rows": 6}),
                error_messages={"max_length": TEXT_TOO_LONG},
            )
            self.initial[part.value] = getattr(report, part.value)

    def _add_figure(self, figure: UnitReportFigure) -> None:
        name = str(figure.pk)
        self.fields[f"{name}-answer"] = forms.ChoiceField(
            label=figure.label,
            help_text=figure_hint(figure),
            choices=FigureAnswer.choices,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Chọn “Đồng ý” hoặc “Sửa”."},
        )
        self.fields[f"{name}-own"] = self._number(_label("Sửa thành", figure))
        self.fields[f"{name}-reason"] = LineField(
            label=_label("Lý do sửa", figure),
            max_length=500,
            required=False,
            error_messages={"max_length": "Lý do dài nhất 500 ký tự."},
        )
        names = ["answer", "own", "reason"]
        if self._is_estimated(figure):
            self.fields[f"{name}-estimate"] = self._number(_label("Ước cả kỳ", figure))
            names.append("estimate")
        for field in names:
            self.initial[f"{name}-{field}"] = getattr(figure, field)

    def _is_estimated(self, figure: UnitReportFigure) -> bool:
        return self.estimates and figure.part in ESTIMATED

    @staticmethod
    def _number(label: str) -> DecimalNumberField:
        return DecimalNumberField(label=label, max_value=LARGEST, decimal_places=2, required=False)

    def clean(self):
        """Where a period is over no estimate is asked: one that was sent all the same is named."""
        for figure in self.figures:
            name = f"{figure.pk}-estimate"
            if name not in self.fields and self.data.get(self.add_prefix(name), "").strip():
                self.add_error(None, f"{figure.label}: {lower_first(NO_ESTIMATE)}")
        return super().clean()

    def rows(self, part: ReportPart) -> Iterator[FigureRow]:
        for figure in self.figures:
            if figure.part == part:
                own = {name: self[f"{figure.pk}-{name}"] for name in ("answer", "own", "reason")}
                estimated = self._is_estimated(figure)
                estimate = self[f"{figure.pk}-estimate"] if estimated else None
                yield FigureRow(figure, **own, estimate=estimate)

    def texts(self) -> dict[str, str]:
        """Line ends as one kind, so that a text saved again is the same."""
        return {
            part.value: "\n".join(self.cleaned_data[part.value].splitlines()).strip()
            for part in TEXT_PARTS
        }

    def replies(self) -> dict[int, FigureReply]:
        given = self.cleaned_data
        return {
            figure.pk: FigureReply(
                answer=given[f"{figure.pk}-answer"],
                own=given[f"{figure.pk}-own"],
                reason=given[f"{figure.pk}-reason"],
                estimate=given.get(f"{figure.pk}-estimate", figure.estimate),
            )
            for figure in self.figures
        }


class VillagePartForm(UnitReportForm):
    """What a head of a village writes: words alone. To be sent, each part says something."""

    def __init__(self, *args, report: UnitReport, sends: bool, **kwargs):
        super().__init__(*args, report=report, figures=[], estimates=False, **kwargs)
        self.sends = sends
        for part in TEXT_PARTS:
            self.fields[part.value].help_text = VILLAGE_HINTS[part]
            self.fields[part.value].widget.attrs["rows"] = 4

    def clean(self):
        if self.sends:
            written = {part.value: self.cleaned_data.get(part.value, "") for part in TEXT_PARTS}
            texts = {name: text.strip() for name, text in written.items()}
            for part, sentence in open_parts(texts, ()).items():
                if part.value not in self.errors:
                    self.add_error(part.value, sentence)
        return self.cleaned_data


class VillageRecordForm(VillagePartForm):
    """The same, written down by the ward: it says who of the village gave it."""

    told_by = LineField(
        label="Người của thôn cung cấp, cách cung cấp",
        max_length=120,
        help_text="Ví dụ: Trưởng thôn A Y, qua điện thoại ngày 05/10.",
        error_messages={"required": NOBODY_TOLD},
    )
    field_order = ("told_by", *(part.value for part in TEXT_PARTS))

    def __init__(self, *args, report: UnitReport, **kwargs):
        super().__init__(*args, report=report, sends=False, **kwargs)
        self.order_fields(self.field_order)
        for part in TEXT_PARTS:
            self.fields[part.value].required = True
            self.fields[part.value].error_messages["required"] = SAYS_NOTHING


def _label(words: str, figure: UnitReportFigure) -> SafeString:
    """Short beside its figure; who does not see the figure hears its name."""
    return format_html('{}<span class="visually-hidden">: {}</span>', words, figure.label)


def typed_content(form: UnitReportForm) -> dict[str, object]:
    """What the report would say with what was typed."""
    figures = []
    for figure in form.figures:
        typed = copy(figure)
        for name, value in tidy_reply(form.replies()[figure.pk]).__dict__.items():
            setattr(typed, name, value)
        figures.append(typed)
    return content_of(form.texts(), figures)


class ReportVersionForm(forms.Form):
    """A button about a report, in the version its page showed."""

    version = VersionField()


class ReportReturnForm(forms.Form):
    """Why parts of a report come back."""

    fields: dict[str, Any]

    version = VersionField()

    def __init__(self, *args, parts: Mapping[ReportPart, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in parts:
            self.fields[part.value] = LineField(
                label=f"Lý do trả lại phần {part.label.lower()}",
                max_length=1000,
                required=False,
                error_messages={"max_length": "Lý do dài nhất 1.000 ký tự."},
            )

    def reasons(self) -> dict[str, str]:
        return {part.value: self.cleaned_data[part.value] for part in self.parts}
