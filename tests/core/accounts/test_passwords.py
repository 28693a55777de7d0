"""Which passwords are refused, and the page to change one's own."""

import gzip
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from povertyplan.core.accounts import passwords
from povertyplan.core.models import AuditEvent
from tests.factories.core import PASSWORD, GrantFactory, UserFactory, VillageFactory

PAGE = "/account/password/"
GOOD = "bốn chậu xương rồng khô"


def is_refused(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật khẩu 2026!",
        "P@ssw0rd12345",
        "giamngheo2026",
        "Giảmnghèobềnvững",
        "DakCam@1234567",
        "kontum-quangngai",
        "qwertyuiop123",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "062185001234",
    ],
)
def test_a_familiar_password_is_refused(password):
    assert is_refused(password)


@pytest.mark.parametrize(
    "password",
    [
        pytest.param(GOOD, id="a sentence, without capitals or digits"),
        pytest.param("khac-han-truoc-2026", id="three words"),
        pytest.param("8f3a9c21b7d4e650", id="random characters"),
        pytest.param("Tr0ng#vuon&cay!khe", id="words nobody lists"),
    ],
)
def test_an_unfamiliar_password_of_any_composition_is_accepted(password):
    assert not is_refused(password)


@pytest.mark.parametrize("length", [11, 12])
def test_twelve_characters_are_enough_and_eleven_are_not(length):
    assert is_refused("z3k9w1m7q5t8"[:length]) == (length < 12)


def test_names_of_the_user_and_of_the_villages_are_familiar(ward):
    VillageFactory(parent=ward, name="Thôn Kon Rờ Bàng")
    user = GrantFactory(area=ward, user__full_name="Đinh Văn Khoắt").user

    assert is_refused("KonRoBang1975!", user)
    assert is_refused("dinhvankhoat99", user)
    assert not is_refused("KonRoBang1975!")


def test_every_pair_of_listed_words_is_refused():
    """Entries of our own: two listed words with a year, at least 12 characters."""
    words = sorted(passwords.familiar_words())
    pairs = (f"{one}{other}2026" for one, other in product(words[::5], words[::7]))
    entries = [pair for pair in pairs if len(pair) >= 12]

    validator = passwords.FamiliarWordsValidator()
    accepted = []
    for entry in entries:
        try:
            validator.validate(entry)
        except ValidationError:
            continue
        accepted.append(entry)

    assert len(entries) >= 3_000
    assert accepted == []


def test_the_common_passwords_of_the_world_are_refused():
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        common = [line.strip() for line in lines]

    assert len(common) >= 3_000
    assert [word for word in common if not is_refused(word)] == []


def test_without_our_validator_familiar_words_would_pass(settings):
    settings.AUTH_PASSWORD_VALIDATORS = settings.AUTH_PASSWORD_VALIDATORS[:-1]

    assert not is_refused("giamngheo2026")


def change(client, old=PASSWORD, new=GOOD, again=None):
    again = new if again is None else again
    return client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again})


def test_password_change_gives_a_new_password_and_leaves_a_trace(client_of, coordinator):
    response = change(client_of(coordinator))

    coordinator.refresh_from_db()
    assert response.status_code == 302
    assert coordinator.check_password(GOOD)
    event = AuditEvent.objects.get()
    assert (event.act, event.actor, event.ward) == (
        "change_own_password",
        coordinator,
        coordinator.ward,
    )
    assert GOOD not in event.summary


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"old": "khong-phai"}, "Mật khẩu đang dùng chưa đúng.", id="wrong old one"),
        pytest.param({"new": "giamngheo2026"}, passwords.TOO_FAMILIAR, id="familiar"),
        pytest.param(
            {"again": "khác hẳn"}, "Hai lần nhập mật khẩu mới không giống nhau.", id="mismatch"
        ),
    ],
)
def test_password_change_refuses_and_says_why(client_of, coordinator, fields, sentence):
    response = change(client_of(coordinator), **fields)

    coordinator.refresh_from_db()
    assert sentence in response.content.decode()
    assert coordinator.check_password(PASSWORD)


def test_password_change_asks_strangers_to_sign_in(client, db):
    assert change(client).url.startswith("/login/")


def test_a_user_without_a_ward_may_change_the_password_too(db):
    assert is_refused("giamngheo2026", UserFactory())


def test_a_short_password_is_refused_in_vietnamese():
    with pytest.raises(ValidationError) as refusal:
        validate_password("xương rồng")

    assert refusal.value.messages[0] == "Mật khẩu này ngắn quá: cần ít nhất 12 ký tự."
