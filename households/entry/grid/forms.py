"""What the bulk entry takes in: one household's scores, as JSON or as a line of a plain form."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import cast

from django.core.exceptions import ValidationError
from django.http import QueryDict

from households.entry.survey.forms import RemarkForm, ReviewForm, saved_values
from households.entry.survey.selectors.rows import GridRow
from households.entry.survey.services.reviews import ReviewAnswers, remark_of
from households.models import NeedKind, Review
from households.rules.notes import ReviewNote
from households.rules.quick_codes import CodeRefused, code_of, numbers_in
from povertyplan.core.text import formatting

CODES_MISSING = "Nhập mã các chỉ số thiếu hụt, hoặc 0 nếu không thiếu chỉ số nào."
SCORE_AND_CODES = ("income_score", "deprivations", "causes")
KIND_GONE = "Danh sách loại nhu cầu vừa thay đổi. Tải lại trang rồi nhập lại nhu cầu của hộ."
STALE = (
    "vừa được {who} sửa lúc {time}. Dòng đang hiện giá trị đã lưu; nhập lại nếu giá trị của bạn "
    "mới đúng ({mine})."
)


def values_of(sent: dict, review: Review) -> dict[str, object]:
    """The form's values from one message, over what the form holds and the grid does not show."""
    given = _given(sent)
    return {
        **saved_values(review),
        **_remark_values(given),
        "version": sent.get("version"),
        "income_score": _text(given.get("score")),
        "deprivations": _texts(given.get("deprivations")),
        "causes": _texts(given.get("causes")),
    }


def tells_needs(sent: dict) -> bool:
    return _given(sent).get("needs") is not None


def needs_named(sent: dict, kinds: Collection[NeedKind]) -> list[NeedKind]:
    """The kinds of need that a message names by key."""
    given = _given(sent)["needs"]
    by_key = {kind.pk: kind for kind in kinds}
    keys = given if isinstance(given, list) else [None]
    if not kinds or not all(type(key) is int and key in by_key for key in keys):
        raise ValidationError(KIND_GONE)
    return [by_key[key] for key in dict.fromkeys(keys)]


def has_only_remark(sent: dict) -> bool:
    """Whether a message brings a note or a flag of a household that nobody has entered."""
    given = _given(sent)
    answered = given.get("score") is not None or given.get("deprivations") is not None
    return bool(_remark_values(given)) and not answered


def _given(sent: dict) -> dict:
    given = sent.get("values")
    return given if isinstance(given, dict) else {}


def _remark_values(given: dict) -> dict[str, object]:
    """Note and flag as far as a message has them; what it leaves out stays as it is."""
    found = {}
    if isinstance(given.get("note"), str):
        found["note"] = given["note"]
    if isinstance(given.get("flag"), bool):
        found["needs_check"] = given["flag"]
    return found


def _typed(code: str, review: Review) -> str:
    """The code unless it is the one the page showed: then the boxes are the answer."""
    shown = code_of(review.deprivations) if review.is_done else ""
    return "" if code == shown else code


def _text(value: object) -> str:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _texts(values: object) -> list[str]:
    """Numbers as texts; anything that is no list becomes a choice that no standard has."""
    return [_text(value) for value in values] if isinstance(values, list) else ["?"]


@dataclass
class Entry:
    """One line of the plain form: what was saved, what came, and what is wrong with it.

    `score`, `code`, `causes`, `note` are the texts of the boxes; `ticked` the numbers ticked.
    `errors` are sentences with the anchor of their row.
    """

    row: GridRow
    options: dict
    score: str = ""
    code: str = ""
    causes: str = ""
    ticked: frozenset[int] = frozenset()
    note: str = ""
    needs_check: bool = False
    version: int | str | None = None  # as typed until the line is checked
    errors: list[dict] = field(default_factory=list)

    @classmethod
    def saved(cls, row: GridRow, options: dict) -> "Entry":
        """The line as it is in the database."""
        entry = cls(row, options)
        entry.show(row.review)
        return entry

    @classmethod
    def posted(cls, row: GridRow, options: dict, data: QueryDict) -> "Entry":
        """The line as a form without script sends it; a line without a note leaves it alone."""
        review, pk = row.review, row.review.pk
        has_remark = f"n{pk}" in data
        return cls(
            row,
            options,
            score=data.get(f"s{pk}", "").strip(),
            code=_typed(data.get(f"q{pk}", "").strip(), review),
            causes=data.get(f"c{pk}", "").strip(),
            ticked=frozenset(int(n) for n in data.getlist(f"b{pk}") if n.isascii() and n.isdigit()),
            note=data.get(f"n{pk}", review.note).strip(),
            needs_check=f"f{pk}" in data if has_remark else review.needs_check,
            version=cast(str, data[f"v{pk}"]),
        )

    def show(self, review: Review) -> None:
        """Fill the line with what a form holds."""
        self.version = review.version
        self.ticked = review.deprivations
        self.score = str(review.income_score) if review.is_done else ""
        self.code = ""
        causes = review.cause_numbers
        self.causes = code_of(causes) if causes else ""
        self.note, self.needs_check = review.note, review.needs_check

    def changed(self) -> ReviewAnswers | ReviewNote | None:
        """What to save: answers, or the remark where nothing else was typed.

        None where nothing was typed at all, or something is wrong with it.
        """
        if self._has_new_answers():
            form = ReviewForm(self._form_values(), **self.options)
            return form.answers() if self._is_valid(form) else None
        if self._has_new_remark():
            remark = RemarkForm({"version": self.version, **asdict(self._remark())})
            return remark.remark() if self._is_valid(remark) else None
        return None

    def _is_valid(self, form: RemarkForm) -> bool:
        if self.errors or not form.is_valid():
            for texts in form.errors.values():
                self._add_errors(texts)
            return False
        self.version = form.cleaned_data["version"]
        return True

    def _has_new_answers(self) -> bool:
        before = Entry.saved(self.row, self.options)
        own = (self.score, self.causes, self.ticked)
        return bool(self.code) or own != (before.score, before.causes, before.ticked)

    def _has_new_remark(self) -> bool:
        return self._remark() != remark_of(self.row.review)

    def _remark(self) -> ReviewNote:
        return ReviewNote(note=self.note, needs_check=self.needs_check)

    def _form_values(self) -> dict[str, object]:
        review = self.row.review
        ticked = self.ticked
        if self.code:
            asked = [indicator.number for indicator in self.options["rules"].indicators]
            ticked = self._numbers(self.code, known=asked, noun="chỉ số")
        elif not ticked and not review.is_done:
            self._add_errors([CODES_MISSING])
        causes = self._numbers(self.causes or "0")  # the form knows which of them exist
        return {
            **saved_values(review),
            **asdict(self._remark()),
            "version": self.version,
            "income_score": self.score,
            "deprivations": [str(number) for number in sorted(ticked)],
            "causes": [str(number) for number in sorted(causes)],
        }

    def _numbers(
        self, code: str, *, known: Collection[int] | None = None, noun: str = ""
    ) -> frozenset[int]:
        try:
            return numbers_in(code, known=known, noun=noun)
        except CodeRefused as refused:
            self._add_errors([str(refused)])
            return frozenset()

    def refuse(self, refused: ValidationError) -> None:
        self._add_errors(refused.messages)

    def refuse_stale(self, current: Review) -> None:
        """Show what somebody else saved, and keep in words what was typed here."""
        mine = f"B1 = {self.score}, thiếu hụt {self.code or code_of(self.ticked)}"
        if self._has_new_remark():
            mine += f", ghi chú “{self.note}”"
        self.show(current)
        time = formatting.moment(current.updated_at)
        self._add_errors([STALE.format(who=current.updated_by, time=time, mine=mine)])

    def _add_errors(self, texts: Iterable[object]) -> None:
        name, target = self.row.head_name, f"score-{self.row.review.pk}"
        self.errors += [{"text": f"Hộ {name}: {text}", "target": target} for text in texts]
