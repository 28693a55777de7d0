"""One key, one record."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.models import Unit
from povertyplan.core.platform.submissions import SubmissionKeyField, once
from tests.factories.core import UnitFactory, UserFactory


@pytest.fixture
def send(ward, coordinator):
    def send(key, name="Trạm Y tế", by=coordinator, act="add_unit"):
        return once(
            key=key,
            act=act,
            content={"name": name},
            model=Unit,
            create=lambda: UnitFactory(ward=ward, name=name),
            by=by,
        )

    return send


def test_the_same_form_sent_again_returns_the_first_record(send):
    key = str(uuid4())

    first, second = send(key), send(key)

    assert first == second
    assert Unit.objects.count() == 1


def test_another_key_makes_another_record(send):
    assert send(str(uuid4()), "Trạm Y tế") != send(str(uuid4()), "Văn phòng")


@pytest.mark.parametrize("other", [{"name": "Khác"}, {"act": "add_bank"}], ids=["content", "act"])
def test_the_same_key_with_something_else_is_refused(send, other):
    key = str(uuid4())
    send(key)

    with pytest.raises(ValidationError, match="nội dung khác"):
        send(key, **other)

    assert Unit.objects.count() == 1


def test_the_key_of_another_user_is_refused(send):
    key = str(uuid4())
    send(key)

    with pytest.raises(ValidationError):
        send(key, by=UserFactory())


@pytest.mark.parametrize("value", ["", "1", "khóa"])
def test_a_forged_key_is_refused(value):
    with pytest.raises(ValidationError, match="mã gửi"):
        SubmissionKeyField().clean(value)
