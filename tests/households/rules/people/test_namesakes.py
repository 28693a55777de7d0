"""Two of one name in one list are told apart."""

import pytest

from households.rules.people.namesakes import Namesake, tell_apart


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        ([], []),
        ([("A Nam", 1980, "1")], ["A Nam"]),
        ([("A Nam", 1980, "1"), ("Y Lan", 1980, "2")], ["A Nam", "Y Lan"]),
        (
            [("A Nam", 1980, "1"), ("A Nam", None, "2")],
            ["A Nam, sinh 1980", "A Nam, chưa rõ năm sinh"],
        ),
        (
            [("A Nam", None, "1"), ("A Nam", None, "2"), ("A Nam", 1991, "3")],
            ["A Nam, chưa rõ năm sinh (1)", "A Nam, chưa rõ năm sinh (2)", "A Nam, sinh 1991"],
        ),
        ([("A Nam", 1980, ""), ("A Nam", 1980, "")], ["A Nam, sinh 1980", "A Nam, sinh 1980"]),
    ],
)
def test_namesakes_get_what_tells_them_apart(people, labels):
    assert tell_apart([Namesake(*person) for person in people]) == labels
