"""Relations in a household against age, sex and what was recorded before."""

from datetime import date

import pytest

from households.rules.people.kinship import KinshipFindings, Relative, check_kinship

ON = date(2026, 11, 20)


def relative(relation, year, sex="male", before="", name="A Nam"):
    born = date(year, 11, 20) if year else None
    return Relative(name, relation, sex, born, before)


def check(head, *others):
    return check_kinship(head, others, on=ON)


HEAD = relative("head", 1980)


def test_a_son_of_sixteen_with_his_sister_as_wife_is_asked_about():
    head = relative("head", 2010, before="child")
    sister = relative("spouse", 2012, "female", before="child", name="Y Lan")

    assert check(head, sister) == KinshipFindings(
        unusual=[
            "Chủ hộ A Nam mới 16 tuổi, sinh năm 2010.",
            "Y Lan là vợ, chồng của chủ hộ A Nam mà mới 14 tuổi, sinh năm 2012.",
            "Y Lan là vợ, chồng của chủ hộ A Nam; trước đó sổ ghi A Nam là con và Y Lan là con "
            "của chủ hộ cũ.",
        ]
    )


@pytest.mark.parametrize(("year", "asked"), [(2009, True), (2008, False), (2007, False)])
def test_a_head_below_eighteen_is_asked_about(year, asked):
    assert bool(check(relative("head", year)).unusual) is asked


@pytest.mark.parametrize(
    ("relation", "year", "outcome"),
    [
        ("child", 1979, "impossible"),
        ("child", 1980, "unusual"),
        ("child", 1992, "unusual"),
        ("child", 1993, ""),
        ("parent", 1981, "impossible"),
        ("parent", 1980, "unusual"),
        ("parent", 1968, "unusual"),
        ("parent", 1967, ""),
        ("grandparent", 1981, "unusual"),
        ("grandparent", 1955, "unusual"),
        ("grandparent", 1954, ""),
        ("sibling", 1950, ""),
        ("other", 1950, ""),
        ("grandchild", 1975, ""),
        ("child", None, ""),
    ],
)
def test_generations_are_apart(relation, year, outcome):
    found = check(HEAD, relative(relation, year, name="Y Lan"))

    assert bool(found.impossible) is (outcome == "impossible")
    assert bool(found.unusual) is (outcome == "unusual")


def test_the_sentence_names_both_with_their_years():
    assert check(HEAD, relative("child", 1975, name="Y Lan")).impossible == [
        "Y Lan sinh năm 1975 ghi là con của chủ hộ A Nam sinh năm 1980: không thể như vậy. Sửa "
        "quan hệ, hoặc chọn “Khác”."
    ]


@pytest.mark.parametrize(
    ("sex", "before", "asked"),
    [
        ("male", ("", ""), True),
        ("female", ("", ""), False),
        ("female", ("head", "spouse"), False),
        ("female", ("child", "other"), False),
        ("female", ("child", "spouse"), True),
        ("female", ("sibling", "sibling"), True),
        ("female", ("parent", "parent"), False),
    ],
)
def test_a_couple_is_of_two_sexes_and_was_no_kin(sex, before, asked):
    head = relative("head", 1980, before=before[0])

    assert bool(check(head, relative("spouse", 1982, sex, before[1])).unusual) is asked


def test_two_spouses_are_asked_about():
    wives = [relative("spouse", 1982, "female", name=name) for name in ("Y Lan", "Y Hoa")]

    assert check(HEAD, *wives).unusual == ["Có nhiều hơn một người ghi là vợ, chồng của chủ hộ."]
