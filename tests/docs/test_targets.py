"""The table of targets in the documentation names sources that the program has."""

import re

from django.conf import settings

from reports.choices import IndicatorSource
from reports.figures.data_fields import NUMBERED, QUERIES, SEVERAL

TYPED = "nhập tay"
SOURCE = re.compile(r"`(?P<name>\w+)`(?P<numbers>(?: \d{1,2})*)")


def lines():
    text = (settings.BASE_DIR / "docs" / "targets.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].isdigit():
            yield cells


def test_each_of_the_26_targets_has_every_cell():
    assert [int(cells[0]) for cells in lines()] == list(range(1, 27))
    assert all(len(cells) == 7 and all(cells) for cells in lines())


def test_each_named_source_is_offered_with_its_numbers():
    offered = {choice.value for choice in IndicatorSource} | set(QUERIES)
    for number, _plan, _target, source, *_rest in lines():
        if source == TYPED:
            continue
        found = SOURCE.fullmatch(source)
        assert found, number
        name, numbers = found["name"], found["numbers"].split()
        assert name in offered, number
        assert bool(numbers) == (name in NUMBERED), number
        assert len(numbers) <= 1 or name in SEVERAL, number
        assert all(1 <= int(each) <= 12 for each in numbers), number


def test_every_other_name_in_code_type_is_a_source_too():
    text = (settings.BASE_DIR / "docs" / "targets.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", text))

    assert named <= set(QUERIES)
