"""Figures as the sentences and short notes that stand beside them. Pure."""

from datetime import date
from decimal import Decimal

from households.ledger.selectors.classes import ClassCounts
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first, upper_first
from projects.choices import AchievementWord, ProgressKind, TargetOperator
from projects.models import Indicator
from projects.rules.progress import PERCENTAGE_POINTS, Goal, shortfall, target_text
from projects.targets.selectors import TargetRow
from reports.models import StandardBaseline

PERCENT = "%"
QUALITATIVE = "Chỉ tiêu định tính"
UNKNOWN = "Chưa có số liệu"


def sentence(text: str) -> str:
    return f"{upper_first(text)}."


def change(difference: int) -> str:
    """A difference to the year before: "giảm 2", "tăng 1", "không đổi"."""
    if difference == 0:
        return "không đổi"
    return f"{'tăng' if difference > 0 else 'giảm'} {formatting.number(abs(difference))}"


def unknown_headline(place: str, year: int, known: int, villages: int) -> str:
    """The one sentence of the dashboard where only some villages have a result."""
    return (
        f"{place}: chưa có số liệu năm {year}; mới có số liệu của {known} trên {villages} thôn, "
        "tổ dân phố."
    )


def both_counts(counts: ClassCounts) -> str:
    """Both lists in numbers: "26 hộ nghèo, 30 hộ cận nghèo"."""
    return f"{_households(counts.poor)} nghèo, {_households(counts.near_poor)} cận nghèo"


def beside_decision(decided: int, registered: int) -> str:
    """What the register says beside a decision's number; nothing where it is the same.

    The difference is not only what came later: a household may have been left out of the review.

    >>> beside_decision(25, 26), beside_decision(25, 25)
    ('sổ có 26, nhiều hơn quyết định 1', '')
    """
    if registered == decided:
        return ""
    word = "nhiều" if registered > decided else "ít"
    difference = formatting.number(abs(registered - decided))
    return f"sổ có {formatting.number(registered)}, {word} hơn quyết định {difference}"


def headline(counts: ClassCounts, row: TargetRow | None, year: int, place: str = "") -> str:
    """The one sentence of the dashboard: the poor, whose target falls, against that target."""
    if row is None or row.judged.goal is None or row.judged.goal.figure is None:
        text = f"{_both_lists(counts)} cuối năm {year}."
        return f"{place}: {lower_first(text)}" if place else text
    start = _poor(counts)
    target = f"chỉ tiêu năm {year} ({_amount(row.judged.goal.figure, row.unit)})"
    match row.word:
        case AchievementWord.EXCEEDED:
            return f"{start}, đạt {target}, ít hơn {_amount(_lead(row), row.unit)}."
        case AchievementWord.MET:
            return f"{start}, đạt {target}."
        case AchievementWord.NO_DATA:
            return f"{start}; chưa có số liệu để so với {target}."
    return f"{start}, chưa đạt {target}, nhiều hơn {_amount(row.gap, row.unit)}."


def provisional_headline(
    row: TargetRow | None, year: int, *, found: int, waiting: int, forms: tuple[int, int]
) -> str:
    """The sentence of a year whose review runs, which is never a result.

    `found` poor households come from the `forms` entered (of all), `waiting` ones are poor in the
    register and not asked yet.
    """
    entered, total = map(formatting.number, forms)
    start = f"{entered}/{total} phiếu đã nhập có {_households(found)} nghèo"
    if waiting:
        start += f"; còn {_households(waiting)} nghèo trong sổ chưa rà soát"
    if row is None or row.judged.goal is None or row.judged.goal.figure is None:
        return f"{start}."
    goal, target = row.judged.goal, f"chỉ tiêu năm {year} ({row.judged.target_text})"
    if not goal.is_met_by(Decimal(found)):
        return f"{start}. Riêng số đã nhập đã {_above(target, row, found)}."
    if not waiting:
        return f"{start}, trong mức {target}."
    left, kept = _households(found + waiting), "Nếu các hộ này giữ nguyên diện thì còn"
    if goal.is_met_by(Decimal(found + waiting)):
        return f"{start}. {kept} {left} nghèo, trong mức {target}."
    return f"{start}. {kept} {left} nghèo, {_above(target, row, found + waiting)}."


def _above(target: str, row: TargetRow, households: int) -> str:
    gap = shortfall(row.judged.goal, Decimal(households)) if row.judged.goal else None
    if gap is None:
        return f"cao hơn {target}"
    return f"cao hơn {_amount(gap, row.unit)} so với {target}"


def provisional_parts(found: int, waiting: int) -> str:
    """What a provisional number is made of.

    >>> provisional_parts(7, 3), provisional_parts(7, 0)
    ('7 theo phiếu đã nhập, 3 trong sổ chưa rà soát', '7 theo phiếu đã nhập')
    """
    entered = f"{formatting.number(found)} theo phiếu đã nhập"
    return f"{entered}, {formatting.number(waiting)} trong sổ chưa rà soát" if waiting else entered


def _poor(counts: ClassCounts) -> str:
    if not counts.poor:
        return "Không còn hộ nghèo"
    rate = counts.poor_percent
    share = f" ({formatting.percent(rate)})" if rate is not None else ""
    return f"Còn {_households(counts.poor)} nghèo{share}"


def _both_lists(counts: ClassCounts) -> str:
    """What is left of both lists; nothing left is never joined to a number by "và"."""
    near_poor = f"{_households(counts.near_poor)} cận nghèo"
    if counts.poor and counts.near_poor:
        return f"{_poor(counts)} và {near_poor}"
    if counts.near_poor:
        return f"{_poor(counts)}, còn {near_poor}"
    return f"{_poor(counts)}, {'không còn ' if counts.poor else ''}hộ cận nghèo"


def tile_note(
    rate: Decimal | None,
    row: TargetRow | None,
    rate_row: TargetRow | None = None,
    registered: str = "",
) -> str:
    """Rate, targets of both, standing and what the register says: the line below a number."""
    promised = rate_row.judged.target_text if rate_row is not None else ""
    beside = f" (chỉ tiêu {promised})" if promised else ""
    parts = [f"{formatting.percent(rate)}{beside}"] if rate is not None else []
    if row is not None and row.judged.target_text:
        parts += [f"chỉ tiêu {row.judged.target_text}", standing(row).lower()]
    if against := disagreement(row, rate_row):
        parts.append(against)
    if registered:
        parts.append(registered)
    return " · ".join(parts)


def standing(row: TargetRow) -> str:
    """The word of a target with its gap: "Chậm, còn cao hơn chỉ tiêu 2 hộ", "Vượt 1 căn", "Đạt".

    Where fewer is better, "Vượt" would read as too many: the gap says above or below.
    """
    goal = row.judged.goal
    if goal is not None and goal.operator == TargetOperator.QUALITATIVE:
        return _qualitative(row)
    label = row.word.label
    falls = goal is not None and goal.falls
    if row.word == AchievementWord.EXCEEDED:
        lead = _amount(_lead(row), _gap_unit(row))
        met = AchievementWord.MET.label
        return f"{met}, thấp hơn chỉ tiêu {lead}" if falls else f"{label} {lead}"
    if row.word in (AchievementWord.NEAR, AchievementWord.BEHIND, AchievementWord.NOT_MET):
        gap = _amount(row.gap, _gap_unit(row))
        judged_by = "chỉ tiêu" if row.expected is None else "lộ trình"
        return f"{label}, còn cao hơn {judged_by} {gap}" if falls else f"{label}, thiếu {gap}"
    return label


def disagreement(row: TargetRow | None, rate_row: TargetRow | None) -> str:
    """One line where the count of a target is met and its rate is not, or the other way."""
    if row is None or rate_row is None:
        return ""
    both = (row.word, rate_row.word)
    if AchievementWord.NO_DATA in both or _is_met(row) == _is_met(rate_row):
        return ""
    count, rate = (f"{'đạt' if _is_met(one) else 'chưa đạt'}" for one in (row, rate_row))
    return f"số lượng {count}, tỷ lệ {rate} chỉ tiêu"


def _is_met(row: TargetRow) -> bool:
    return row.word in (AchievementWord.EXCEEDED, AchievementWord.MET)


def way(row: TargetRow) -> str:
    """How far a measured row has come; below the baseline a percentage would say little."""
    percent = row.progress.percent
    if percent is not None and percent < 0:
        return f"{'tăng' if row.is_falling else 'giảm'} so với số gốc"
    done = formatting.percent(percent, 1)
    return f"được {done} chặng đường từ số gốc đến chỉ tiêu"


def pace_of(name: str, spent: Decimal, elapsed: Decimal) -> str:
    """Money spent against the time that has passed, in one line.

    >>> pace_of("Dự án 2", Decimal("41.5"), Decimal(88))
    'Dự án 2: giải ngân 41,5%, năm đã qua 88,0%'
    """
    shares = (formatting.percent(share, 1) for share in (spent, elapsed))
    return "{}: giải ngân {}, năm đã qua {}".format(name, *shares)


def unallocated(spent: int | None) -> str:
    """Money of sources of which nothing was allocated, beside what the rate is of.

    >>> unallocated(15_000), unallocated(None)
    ('ngoài phân bổ: 15.000', '')
    """
    return "" if spent is None else f"ngoài phân bổ: {formatting.number(spent)}"


def older_population(given: date, counted: date) -> str:
    """What a rate says whose households were counted before those it is a share of."""
    return (
        f"Tỷ lệ tính trên tổng số hộ dân cư ngày {formatting.day(given)}, cũ hơn số liệu ngày "
        f"{formatting.day(counted)}."
    )


def no_bar(row: TargetRow) -> str:
    """Why a target has no bar from its baseline; "" where it has one.

    A bar that began at 0 where nobody knows the baseline would show a way nobody went.
    """
    kind = row.progress.kind
    if kind in (ProgressKind.MAINTAINED, ProgressKind.BROKEN, ProgressKind.NO_DATA):
        return kind.label
    no_baseline = row.judged.goal is None or row.judged.goal.baseline is None
    return ProgressKind.NO_BASELINE.label if no_baseline else ""


def new_baseline(given: StandardBaseline) -> str:
    """Where a baseline after a change of the standard comes from."""
    return f"số gốc theo {given.standard}: {given.reason}"


def broken_progress(name: str, year: int, standard: str, *, has_baseline: bool) -> str:
    """What a change of the standard means to the progress of a target."""
    since = f"{name}: từ năm {year} theo {standard}, không so với số gốc theo chuẩn cũ"
    if has_baseline:
        return f"{since}; tiến độ tính từ số gốc mới."
    return f"{since}; chưa ghi số gốc mới nên chưa tính tiến độ."


def broken_movements(before: str, after: str) -> str:
    """What stands under a movement table over a change of the standard."""
    return (
        f"Đầu kỳ theo {before}, cuối kỳ theo {after}: tăng, giảm trong kỳ gồm cả phần do đổi chuẩn "
        "nghèo, không phải kết quả giảm nghèo."
    )


def not_compared(year: int, before: str, after: str) -> str:
    """What stands where a year would be compared with one of another standard."""
    return f"Năm {year} theo {after}, năm {year - 1} theo {before}: không so hai năm với nhau."


def below_assigned(name: str, year: int, own: Goal, asked: Goal, unit: str) -> str:
    """A ward's target that asks less than the superior level."""
    return (
        f"{name} năm {year}: phường, xã giao {_goal_words(own, unit)}, chưa bằng mức cấp trên "
        f"giao ({_goal_words(asked, unit)})."
    )


def not_set_though_assigned(name: str, year: int, asked: Goal, unit: str) -> str:
    return (
        f"{name} năm {year}: cấp trên giao {_goal_words(asked, unit)}, phường, xã chưa giao "
        "chỉ tiêu này."
    )


def _goal_words(goal: Goal, unit: str) -> str:
    return target_text(goal.operator, goal.low, goal.high, unit)


def villages_above_ward(indicator: Indicator, year: int, total: Decimal, ward: int) -> str:
    """The villages together would miss what the ward promised."""
    return (
        f"{indicator.name} năm {year}: tổng chỉ tiêu các thôn là "
        f"{formatting.number(total)}, cao hơn chỉ tiêu {formatting.number(ward)} của phường, xã."
    )


def _qualitative(row: TargetRow) -> str:
    if row.judged.reached is None:
        return QUALITATIVE
    return f"{QUALITATIVE}, đã thực hiện {_amount(row.judged.reached.value, row.unit)}"


def _lead(row: TargetRow) -> Decimal | None:
    """How far a figure is beyond the far end of its target; None without either of them."""
    reached = row.judged.reached.value if row.judged.reached else None
    far_end = row.judged.goal.far_figure if row.judged.goal else None
    return None if reached is None or far_end is None else abs(reached - far_end)


def _gap_unit(row: TargetRow) -> str:
    return PERCENTAGE_POINTS if row.unit == PERCENT else row.unit


def _amount(value: Decimal | None, unit: str) -> str:
    return formatting.with_unit(formatting.number(value), unit)


def _households(count: int) -> str:
    return formatting.with_unit(formatting.number(count), "hộ")
