"""What an amending document says of each figure that changed. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable

from reports.plans.amending.printed_lines import FigureDifference, printed_lines
from reports.printing import tree

CHANGED = "Tại {place}: sửa “{was}” thành “{now}”."
CHANGED_IN = "Tại {place}, nội dung “{subject}”: sửa “{was}” thành “{now}”."
ADDED = "Tại {place}: bổ sung “{now}”."
DROPPED = "Tại {place}: bỏ “{was}”."
# A brace would begin a figure that is filled in.
_NO_FIELDS = str.maketrans("{}", "()")


def amending_clauses(
    signed: tree.DocumentTree, differences: Iterable[FigureDifference]
) -> list[str]:
    """One sentence for each difference, in their order.

    A figure is cited with the word after it, and with its line where that is not said once in its
    place.
    """
    printed: dict[str, str] = defaultdict(str)
    for line in printed_lines(signed):
        printed[line.section.place] += f"\n{line.text}"
    return [_clause(each, printed[each.place]).translate(_NO_FIELDS) for each in differences]


def _clause(difference: FigureDifference, around: str) -> str:
    words = {"place": difference.place, "was": difference.was, "now": difference.now}
    if not difference.was:
        return ADDED.format(**words)
    if not difference.now:
        return DROPPED.format(**words)
    if difference.is_rewritten:
        return CHANGED.format(**words)
    said = _cited(difference.was).search(difference.subject)
    unit = (said.group(1) or "") if said else ""
    words |= {"was": f"{difference.was}{unit}", "now": f"{difference.now}{unit}"}
    if said and len(_cited(words["was"]).findall(around)) == 1:
        return CHANGED.format(**words)
    return CHANGED_IN.format(subject=difference.subject, **words)


def _cited(figure: str) -> re.Pattern[str]:
    """A figure that is no part of a longer one, and the word that follows it."""
    return re.compile(rf"(?<![\w.,/]){re.escape(figure)}(?![\w%/]|[.,]\d)(\s[^\W\d]+)?")
