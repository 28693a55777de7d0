"""The printed sheet says what the rule table says."""

import pytest
from django.apps import apps
from django.core.management import call_command

from povertyplan.access import RULES, SENSITIVE_FIELDS
from povertyplan.core.access.rules import Rule, SensitiveField, roles
from povertyplan.core.access.sheet import FORMATS, AccessSheet, as_markdown, names, sheet
from povertyplan.core.choices import Role


def test_every_rule_and_every_sensitive_field_has_its_line():
    printed = sheet()

    assert [row[-1] for row in printed.views] == list(RULES)
    assert len(printed.fields) == len(SENSITIVE_FIELDS)
    assert all(all(row) for row in printed.views + printed.fields)


def test_every_sensitive_field_is_a_field_of_a_model():
    for model, field in SENSITIVE_FIELDS:
        assert apps.get_model(model)._meta.get_field(field)


def test_a_line_names_roles_in_words(monkeypatch):
    rule = Rule("x:y", reads=roles(Role.LEADER, Role.COORDINATOR), title="Màn hình thử")
    field = SensitiveField("x.y", "z", "Số thử", reveals=roles(Role.LEADER))
    monkeypatch.setattr("povertyplan.access.RULES", {"x:y": rule})
    monkeypatch.setattr("povertyplan.access.SENSITIVE_FIELDS", {("x.y", "z"): field})

    assert sheet() == AccessSheet(
        views=(
            (
                "Màn hình thử",
                "Cán bộ giảm nghèo, Lãnh đạo Ủy ban nhân dân",
                "–",
                "phường, xã được giao",
                "x:y",
            ),
        ),
        fields=(("Số thử", "–", "Lãnh đạo Ủy ban nhân dân"),),
    )
    assert "| Số thử | – | Lãnh đạo Ủy ban nhân dân |" in as_markdown(sheet())


def test_all_roles_are_called_so():
    assert names(Role) == "Mọi vai trò"


@pytest.mark.parametrize("name", FORMATS)
def test_access_sheet_command_prints_each_format(capsys, name):
    call_command("access_sheet", format=name)

    printed = capsys.readouterr().out
    assert all(title in printed for title in {rule.title for rule in RULES.values()})
    assert "Số định danh cá nhân (CCCD)" in printed
