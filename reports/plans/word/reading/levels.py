"""How deep each paragraph stands, from the labels of this document and how it looks.

Pure. No ranking of labels is fixed: one that is open goes on, a new one stands below what is open,
and what once stood below a form never stands above it. A number out of its sequence is told.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reports.plans.word.reading.joining import LabelledLine
from reports.plans.word.reading.labels import Label, project_label, readings

DEEPER = 150  # twentieths of a point
LONGEST_TITLE = 250
LONGEST_PROJECT = 200
OUTLINED = "outline"
# A star opens what dashes stand below, never the other way round.
MARK_ORDER = ("*", "•", "-", "+")


@dataclass
class OpenLabel:
    """A form that is open, with its last count and how its last paragraph looked."""

    form: str
    count: int | str
    above: tuple[int, ...]
    bold: bool
    indent: int
    outline: int
    is_listed: bool

    @property
    def is_bullet(self) -> bool:
        return self.form in MARK_ORDER


@dataclass(frozen=True)
class Placed:
    """The level of a paragraph from 1; `remark` says what is odd about its number."""

    level: int
    form: str = ""
    remark: str = ""


class LevelFinder:
    """Places the paragraphs of one document, one after the other."""

    def __init__(self) -> None:
        self.open: list[OpenLabel] = []
        self._ancestors: dict[str, set[str]] = defaultdict(set)

    def place(self, one: LabelledLine) -> Placed:
        """The level of the next paragraph."""
        if one.label and (found := readings(one.label)):
            return self._place_label(found, one)
        if one.label:  # a label of the file's own kind, such as a word
            return self._place_label([Label(one.label, 1)], one)
        if one.line.outline and len(one.text) <= LONGEST_TITLE:
            return self._place_outlined(one)
        project = project_label(one.text)
        if project and len(one.text) <= LONGEST_PROJECT and not one.text.endswith((".", ";")):
            return self._place_label([project], one)
        return Placed(len(self._numbers()) + 1)

    def restart(self) -> None:
        """Begin a part with an outline of its own, such as an appendix."""
        self.open.clear()

    def _numbers(self) -> list[OpenLabel]:
        return [each for each in self.open if not each.is_bullet]

    def _place_outlined(self, one: LabelledLine) -> Placed:
        depth = one.line.outline
        while self.open and (not self.open[-1].outline or self.open[-1].outline >= depth):
            self.open.pop()
        return self._push(Label(f"{OUTLINED} {depth}", 1), one)

    def _place_label(self, found: Sequence[Label], one: LabelledLine) -> Placed:
        if found[0].is_bullet:
            return self._place_bullet(found[0], one)
        going_on = self._going_on(found)
        if going_on is not None:
            return self._go_on(*going_on, one)
        label = self._likeliest(found)
        self._close_for_parent(label)
        at = self._open_at(label.form)
        if at is None:
            return self._open_new(label, one)
        if label.is_first and self._is_inside(self.open[at], one):
            self._close_bullets()
            return self._push(label, one)
        return self._go_on(at, label, one, remark=self._odd(label, self.open[at]))

    def _going_on(self, found: Sequence[Label]) -> tuple[int, Label] | None:
        """The deepest open form whose next count this is."""
        for at in range(len(self.open) - 1, -1, -1):
            for label in found:
                one = self.open[at]
                if one.form == label.form and label.above == one.above and label.follows(one.count):
                    return at, label
        return None

    def _likeliest(self, found: Sequence[Label]) -> Label:
        first = next((each for each in found if each.is_first), None)
        known = next((each for each in found if self._open_at(each.form) is not None), None)
        return known or first or found[0]

    def _open_at(self, form: str) -> int | None:
        places = [at for at, each in enumerate(self.open) if each.form == form]
        return places[-1] if places else None

    def _close_for_parent(self, label: Label) -> None:
        """1.2.1 stands below 1.2, and 1.2 below 1. or II., whatever else is open."""
        if not label.above:
            return
        self._close_bullets()
        for at in range(len(self.open) - 1, -1, -1):
            one = self.open[at]
            is_parent = one.form.startswith(("1", "I")) and (*one.above, one.count) in (
                label.above,
                label.above[-1:],
            )
            if one.form == label.form and one.above != label.above:
                del self.open[at:]
                return
            if is_parent and one.form.count("1") < len(label.above) + 1:
                if self._open_at(label.form) in (None, at):
                    del self.open[at + 1 :]
                return

    def _is_inside(self, one: OpenLabel, two: LabelledLine) -> bool:
        """Whether a count that begins again stands below the open one of its form."""
        if one.is_listed and two.line.is_listed and two.line.indent > one.indent + DEEPER:
            return True
        return one.bold and not two.line.bold

    def _open_new(self, label: Label, one: LabelledLine) -> Placed:
        self._close_bullets()
        while self.open and label.form in self._ancestors[self.open[-1].form]:
            self.open.pop()
        remark = (
            ""
            if label.is_first or (label.form[:1].isalpha() and label.form[:1] not in "IAai")
            else f"Danh sách bắt đầu từ “{one.label}”."
        )
        return self._push(label, one, remark)

    def _place_bullet(self, label: Label, one: LabelledLine) -> Placed:
        at = self._open_at(label.form)
        if at is not None:
            open_one = self.open[at]
            listed = open_one.is_listed and one.line.is_listed
            if listed and one.line.indent > open_one.indent + DEEPER:
                return self._push(label, one)
            while listed and one.line.indent < self.open[at].indent - DEEPER:
                higher = [place for place in range(at) if self.open[place].form == label.form]
                if not higher:
                    break
                at = higher[-1]
            return self._go_on(at, label, one)
        rank = MARK_ORDER.index(label.form)
        while self.open and self.open[-1].is_bullet:
            last = self.open[-1]
            is_higher = rank < MARK_ORDER.index(last.form)
            deeper = (
                last.is_listed and one.line.is_listed and one.line.indent > last.indent + DEEPER
            )
            if deeper or not (is_higher or label.form in self._ancestors[last.form]):
                break
            self.open.pop()
        return self._push(label, one)

    def _close_bullets(self) -> None:
        while self.open and self.open[-1].is_bullet:
            self.open.pop()

    def _go_on(self, at: int, label: Label, one: LabelledLine, remark: str = "") -> Placed:
        del self.open[at + 1 :]
        self.open[at] = _opened(label, one)
        return Placed(at + 1, label.form, remark)

    def _push(self, label: Label, one: LabelledLine, remark: str = "") -> Placed:
        self._ancestors[label.form] |= {each.form for each in self.open} - {label.form}
        self.open.append(_opened(label, one))
        return Placed(len(self.open), label.form, remark)

    @staticmethod
    def _odd(label: Label, before: OpenLabel) -> str:
        if label.count == before.count:
            return "Số thứ tự lặp lại."
        if label.is_first:
            return "Số thứ tự bắt đầu lại."
        return "Số thứ tự không liền với số trước."


def _opened(label: Label, one: LabelledLine) -> OpenLabel:
    line = one.line
    return OpenLabel(
        label.form, label.count, label.above, line.bold, line.indent, line.outline, line.is_listed
    )
