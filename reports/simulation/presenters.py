"""A simulation in words: tables whose numbers open their households, and what is not known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from households.choices import NoClass, PovertyClass
from povertyplan.core.choices import Setting
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first, upper_first
from projects.choices import RightsChange
from projects.support.selectors.reclassified import KindEffect
from reports.simulation.forms import OUTCOMES, ListAsked
from reports.simulation.selectors import (
    ReviewForms,
    SimulatedHousehold,
    SimulatedLine,
    Simulation,
)

TITLE = "Mô phỏng chuẩn nghèo"
MARK = "MÔ PHỎNG – không phải kết quả"
LIST = "reports:simulation_list"
NO_REVIEW = (
    "Chưa có đợt rà soát nào được công nhận, nên chưa có gì để mô phỏng. Đợt đang rà soát "
    "hoặc chờ duyệt chưa phải là kết quả."
)
NO_FORMS = "Đợt rà soát này không có phiếu nào đã nhập: kết quả vào sổ từ danh sách, không có điểm."
NO_LINES = (
    "Chưa có ngưỡng điểm B1 khu vực {settings}: không phân loại hộ nào ở khu vực này. Mức thu nhập "
    "không đổi ra điểm được; nhập ngưỡng điểm khi có văn bản hướng dẫn."
)
UNASKED = (
    "Phiếu rà soát chưa hỏi: {named}. Hộ mà phân loại phụ thuộc câu trả lời này được ghi là chưa "
    "đủ dữ liệu; hộ có phân loại không đổi dù trả lời thế nào vẫn được phân loại."
)
INCOME_ONLY = (
    "Mức thu nhập chỉ ghi để đối chiếu: phiếu không có số tiền thu nhập, phân loại theo điểm B1."
)
KEPT = (
    "{count} hộ được ghi nhận khác với cách tính, có lý do; giữ như đã ghi nhận khi cách tính "
    "không đổi."
)
SETTING_CHANGED = "{names} đã đổi khu vực sau đợt rà soát: mô phỏng theo khu vực lúc rà soát."
LEFT = "{count} hộ đổi phân loại đã rời sổ quản lý, không tính hỗ trợ."
NO_AMOUNT = "{count} loại hỗ trợ chưa ghi mức tối đa: chỉ đếm đối tượng, không tính tiền."
MONEY = (
    "Tiền là mức tối đa của loại hỗ trợ nhân với số được thêm hoặc không còn, cho một lần hoặc một "
    "kỳ; chưa trừ các loại chỉ được hưởng một."
)
NAMES: Mapping[str, str] = dict(OUTCOMES)
IN_ORDER = (
    PovertyClass.POOR,
    PovertyClass.NEAR_POOR,
    PovertyClass.AVERAGE_LIVING,
    PovertyClass.NOT_POOR,
    NoClass.MISSING,
    NoClass.NO_LINE,
)
ALWAYS_SHOWN = frozenset({PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR})


@dataclass(frozen=True)
class LinkedCount:
    """A number with the list behind it; without an address where it is nought or not known."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class CountRow:
    """A row of a table: what it is about, then its numbers."""

    name: str
    counts: tuple[LinkedCount, ...]
    note: str = ""


@dataclass(frozen=True)
class CountTable:
    """A table of numbers as screen, paper and workbook show it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[CountRow, ...]
    total: CountRow | None = None
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> list[tuple[CountRow, list[tuple[str, LinkedCount]]]]:
        """The rows, each number with the head of its column: a narrow screen shows cards."""
        return [
            (row, list(zip(self.head[1:], row.counts, strict=True)))
            for row in (*self.rows, *([self.total] if self.total else []))
        ]


@dataclass(frozen=True)
class SimulatedRow:
    """A household as screen, paper and workbook show it."""

    household: int
    code: str
    name: str
    village: str
    setting: str
    scores: str
    before: str
    after: str
    missing: str
    left: bool


class ListAddress:
    """Addresses of the list of households of one simulation."""

    def __init__(self, asked: Mapping[str, str]):
        self.asked = asked

    def count(self, number: int, **conditions: object) -> LinkedCount:
        if not number:
            return LinkedCount("0")
        own = {name: str(value) for name, value in conditions.items() if value}
        return LinkedCount(formatting.number(number), reverse(LIST, query={**self.asked, **own}))


def outcome_table(simulation: Simulation, at: ListAddress) -> CountTable:
    """Each class: recognised, simulated, the difference."""
    rows = [
        CountRow(
            NAMES[value],
            (
                at.count(simulation.before[value], before=value)
                if value in PovertyClass.values
                else LinkedCount(formatting.MISSING),
                at.count(simulation.after[value], after=value),
                LinkedCount(_signed(simulation.after[value] - simulation.before[value])),
            ),
        )
        for value in IN_ORDER
        if value in ALWAYS_SHOWN or simulation.before[value] or simulation.after[value]
    ]
    whole = at.count(len(simulation.households))
    total = CountRow("Tổng số phiếu", (whole, whole, LinkedCount("0")))
    head = ("Phân loại", "Kết quả công nhận", "Mô phỏng", "Tăng, giảm")
    return CountTable("Số hộ theo phân loại", head, tuple(rows), total)


def move_table(simulation: Simulation, at: ListAddress) -> CountTable:
    """From each recognised class to each simulated outcome."""
    columns = [each for each in IN_ORDER if simulation.after[each]]
    rows = [
        CountRow(
            NAMES[before],
            (
                *(
                    at.count(simulation.moves[before, each], before=before, after=each)
                    for each in columns
                ),
                at.count(simulation.before[before], before=before),
            ),
        )
        for before in IN_ORDER
        if simulation.before[before]
    ]
    head = ("Từ (công nhận) → thành (mô phỏng)", *(NAMES[each] for each in columns), "Cộng")
    return CountTable("Hộ chuyển từ phân loại nào sang phân loại nào", head, tuple(rows))


def village_table(simulation: Simulation, at: ListAddress) -> CountTable:
    """Each village: its forms, those that change by kind of change, those without a class."""
    moves = sorted(
        {(each.before, each.after) for each in simulation.changed},
        key=lambda move: tuple(map(_place, move)),
    )

    without = [each for each in NoClass if simulation.after[each]]

    def row(name: str, own: Sequence[SimulatedHousehold], **where: object) -> CountRow:
        found = Counter((each.before, each.after) for each in own)
        outcomes = Counter(each.after for each in own)
        return CountRow(
            name,
            (
                at.count(len(own), **where),
                *(at.count(found[move], before=move[0], after=move[1], **where) for move in moves),
                at.count(sum(each.is_changed for each in own), changed="on", **where),
                *(at.count(outcomes[each], after=each, **where) for each in without),
            ),
        )

    rows = [row(village.name, own, village=village.pk) for village, own in simulation.by_village()]
    head = (
        "Thôn, tổ dân phố", "Số phiếu", *map(name_move, moves), "Cộng đổi phân loại",
        *(each.label for each in without),
    )  # fmt: skip
    total = row("Tổng cộng", simulation.households)
    return CountTable("Theo thôn, tổ dân phố", head, tuple(rows), total)


def effect_table(
    simulation: Simulation, effects: Sequence[KindEffect], at: ListAddress
) -> CountTable:
    """Each kind of support: who gains and loses the right, and the most it may cost."""
    rows = [
        CountRow(
            each.kind.name,
            (
                *(
                    at.count(each.recipients[change], kind=each.kind.pk, right=change.value)
                    for change in RightsChange
                ),
                LinkedCount(_amount(each, RightsChange.GAINED)),
                LinkedCount(_amount(each, RightsChange.LOST)),
            ),
            note=_kind_note(each),
        )
        for each in effects
    ]
    head = (
        "Loại hỗ trợ", *(change.label for change in RightsChange), "Tối đa thêm", "Tối đa giảm"
    )  # fmt: skip
    notes = tuple(_money_notes(simulation, effects))
    return CountTable("Hỗ trợ và kinh phí kéo theo", head, tuple(rows), notes=notes)


def missing_table(simulation: Simulation, at: ListAddress) -> CountTable:
    """Each indicator nobody was asked of: how many forms, of how many the class depends on it."""
    rows = [
        CountRow(
            f"{each.number}. {each.name}",
            (
                at.count(len(simulation.households)),
                at.count(simulation.lacking[each.number], lacks=each.number),
            ),
        )
        for each in simulation.unasked
    ]
    head = ("Chỉ số chưa hỏi", "Số phiếu chưa hỏi", "Phân loại phụ thuộc câu trả lời")
    return CountTable("Câu trả lời còn thiếu", head, tuple(rows))


def tables_of(
    simulation: Simulation, effects: Sequence[KindEffect], at: ListAddress
) -> list[CountTable]:
    """Every table that has rows, in the order of the page."""
    found = [
        outcome_table(simulation, at),
        move_table(simulation, at),
        village_table(simulation, at),
        effect_table(simulation, effects, at),
        missing_table(simulation, at),
    ]
    return [table for table in found if table.rows]


def describe_check(official: Simulation, different: Sequence[SimulatedHousehold]) -> str:
    """Whether the review's own standard leads to the recognised result."""
    whole = formatting.number(len(official.households))
    if not different:
        return (
            f"Kiểm tra: chuẩn của chính đợt rà soát ({official.rules.code}) cho lại đúng kết quả "
            f"công nhận ở {whole}/{whole} hộ."
        )
    named = ", ".join(each.household.code for each in different[:10])
    return (
        f"Kiểm tra: chuẩn của chính đợt rà soát ({official.rules.code}) cho kết quả khác kết quả "
        f"công nhận ở {formatting.number(len(different))}/{whole} hộ ({named}): chuẩn đã được sửa "
        "sau khi công nhận. Xem lại trước khi dùng mô phỏng này."
    )


def notes_of(
    forms: ReviewForms, simulation: Simulation, lines: Sequence[SimulatedLine]
) -> list[str]:
    """What limits the simulation."""
    without = [
        Setting(each.setting).label
        for each in lines
        if each.score is None and each.setting in forms.settings.values()
    ]
    found = [NO_LINES.format(settings=", ".join(without))] if without else []
    if simulation.unasked:
        named = "; ".join(f"{each.number}. {each.name}" for each in simulation.unasked)
        found.append(UNASKED.format(named=named))
    if villages := forms.villages_listed_otherwise:
        found.append(SETTING_CHANGED.format(names=", ".join(each.name for each in villages)))
    if simulation.kept_reasons:
        found.append(KEPT.format(count=formatting.number(simulation.kept_reasons)))
    return [*found, INCOME_ONLY]


def describe_lines(name: str, lines: Iterable[SimulatedLine]) -> str:
    """The standard that is simulated, with its lines: for screen and paper."""
    described = "; ".join(
        f"{Setting(each.setting).label}: {_income(each)}, {_score(each)}" for each in lines
    )
    return f"{name}. {upper_first(described)}."


def describe_subject(code: str, campaign: object) -> str:
    return f"{code} trên {campaign}"


def name_move(move: tuple[str, str]) -> str:
    return f"{NAMES[move[0]]} → {lower_first(NAMES[move[1]])}"


def rows_of(households: Iterable[SimulatedHousehold]) -> list[SimulatedRow]:
    return [
        SimulatedRow(
            household=each.pk,
            code=each.household.code,
            name=each.head_name or formatting.MISSING,
            village=each.village.name,
            setting=Setting(each.setting).label,
            scores=_scores(each),
            before=NAMES[each.before],
            after=NAMES[each.after],
            missing="; ".join(f"{rule.number}. {rule.name}" for rule in each.outcome.missing),
            left=each.household.closed_on is not None,
        )
        for each in households
    ]


def households_asked_for(
    simulation: Simulation, effects: Sequence[KindEffect], asked: ListAsked
) -> list[SimulatedHousehold]:
    """The households of the review that a number of a table counted."""
    kept = _with_right(effects, asked) if asked.kind or asked.right else None
    return [
        each
        for each in simulation.households
        if (asked.village is None or each.village == asked.village)
        and asked.before in ("", each.before)
        and asked.after in ("", each.after)
        and (kept is None or each.pk in kept)
        and (asked.lacks is None or asked.lacks in {one.number for one in each.outcome.missing})
        and (not asked.only_changed or each.is_changed)
    ]


def describe_asked(asked: ListAsked) -> str:
    """What a list shows, in words."""
    parts = [
        asked.village.name if asked.village else "",
        f"công nhận: {lower_first(NAMES[asked.before])}" if asked.before else "",
        f"mô phỏng: {lower_first(NAMES[asked.after])}" if asked.after else "",
        asked.kind.name if asked.kind else "",
        lower_first(RightsChange(asked.right).label) if asked.right else "",
        f"thiếu câu trả lời chỉ số {asked.lacks}" if asked.lacks is not None else "",
        "đổi phân loại" if asked.only_changed else "",
    ]
    return "; ".join(part for part in parts if part)


def describe_export(campaign: object, count: int) -> str:
    return f"Tải mô phỏng chuẩn nghèo trên {campaign}: {formatting.number(count)} hộ"


def _with_right(effects: Sequence[KindEffect], asked: ListAsked) -> set[int]:
    found: set[int] = set()
    for each in effects:
        if asked.kind is None or each.kind == asked.kind:
            found |= each.households(asked.right)
    return found


def _place(value: str) -> int:
    return IN_ORDER.index(value)


def _signed(number: int) -> str:
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{formatting.number(abs(number))}"


def _scores(each: SimulatedHousehold) -> str:
    lacking = ", ".join(map(str, sorted(each.form.deprivations)))
    deprived = f"thiếu hụt {lacking}" if lacking else "không thiếu hụt"
    return f"B1 {each.form.income_score}; {deprived}"


def _amount(effect: KindEffect, change: RightsChange) -> str:
    if not effect.recipients[change]:
        return formatting.MISSING
    money = effect.most_money(change)
    return "chưa có mức" if money is None else formatting.money(money)


def _kind_note(effect: KindEffect) -> str:
    who = "người" if effect.kind.is_for_persons else "hộ"
    ceiling = effect.kind.ceiling
    most = "chưa ghi mức" if ceiling is None else f"tối đa {formatting.money(ceiling)}"
    return f"đếm {who}; {lower_first(effect.kind.get_recurrence_display())}; {most}"


def _money_notes(simulation: Simulation, effects: Sequence[KindEffect]) -> list[str]:
    """What the table of supports leaves out, and what it sums to by period."""
    found = []
    if simulation.left_register:
        found.append(LEFT.format(count=formatting.number(simulation.left_register)))
    without = sum(each.kind.ceiling is None for each in effects)
    if without:
        found.append(NO_AMOUNT.format(count=formatting.number(without)))
    return [*found, *_sums(effects), MONEY]


def _sums(effects: Sequence[KindEffect]) -> list[str]:
    """What the kinds with an amount come to, those of one period together."""
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for each in effects:
        period = lower_first(each.kind.get_recurrence_display())
        gained[period] += each.most_money(RightsChange.GAINED) or 0
        lost[period] += each.most_money(RightsChange.LOST) or 0
    return [
        f"Chu kỳ {period}: tối đa thêm {formatting.money(gained[period])}, "
        f"tối đa giảm {formatting.money(lost[period])}."
        for period in {**gained, **lost}
        if gained[period] or lost[period]
    ]


def _income(line: SimulatedLine) -> str:
    if line.income is None:
        return "chưa có mức thu nhập"
    return f"{formatting.number(line.income)} đồng/người/tháng"


def _score(line: SimulatedLine) -> str:
    return "chưa có ngưỡng điểm B1" if line.score is None else f"B1 đến {line.score} điểm"
