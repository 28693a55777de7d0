"""One rule says what a reason is, for every field that asks why."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from povertyplan.core.text.reasons import TOO_LITTLE, check_reason, reason_fault, stated_reason

APPS = ("povertyplan", "households", "projects", "reports")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "Nhập lý do."),
        (" \u200b ", "Nhập lý do."),
        ("x", TOO_LITTLE),
        ("xxxxxxxx", TOO_LITTLE),
        ("Nhầm", TOO_LITTLE),
        ("a b", TOO_LITTLE),
        ("abc ABC", TOO_LITTLE),
        ("12 345", TOO_LITTLE),
        (". , ; …", TOO_LITTLE),
        ("Bò ốm", ""),
        ("QĐ 231", ""),
        ("  Ghi   nhầm  ", ""),
    ],
)
def test_a_reason_has_two_words(given, expected):
    assert reason_fault(given, "Nhập lý do.") == expected


def test_a_service_refuses_at_its_field_and_keeps_the_words_tidy():
    with pytest.raises(ValidationError) as refused:
        stated_reason("x", "Nhập lý do.", "why")
    assert refused.value.message_dict == {"why": [TOO_LITTLE]}
    assert stated_reason(" Ghi  nhầm ", "Nhập lý do.") == "Ghi nhầm"


def test_a_field_leaves_it_to_the_form_whether_there_must_be_a_reason():
    check_reason("")
    with pytest.raises(ValidationError, match=TOO_LITTLE):
        check_reason("x")


def test_no_service_has_a_rule_of_its_own():
    """`if not reason:` would take one letter."""
    found = []
    for app in APPS:
        for file in Path(settings.BASE_DIR, app).rglob("*.py"):
            if "migrations" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                asked = node.operand if isinstance(node, ast.UnaryOp) else None
                if isinstance(asked, ast.Name) and asked.id.endswith("reason"):
                    found.append(f"{file.relative_to(settings.BASE_DIR)}:{node.lineno}")
    assert found == []
