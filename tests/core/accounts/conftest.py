import pytest

from povertyplan.core.choices import Role
from tests.factories.core import UserFactory, user_with


@pytest.fixture
def officer(ward):
    return user_with(Role.COORDINATOR, ward, user=UserFactory(full_name="Y Thoa"))
