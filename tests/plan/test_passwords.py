"""This file is about passwords: length and commonness are judged, their make-up is not."""

import pytest

from plan import passwords
from plan.people import SAMPLE_PASSWORD

EMAIL = "ann.lee@wyebridge.example"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiopas",
        "1q2w3e4r5t6y",
        "letmeinletmein",
        "Welcome12345",
        "liverpool2013",
        "Summer2013!!",
        "aaaaaaaaaaaa",
        "improvementplan",
        "Improvement2013!",
        "wyebridge2013",
        "ann.lee@wyebridge.example",
        "wyebridge council",
        "password" * 20,
    ],
)
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(passwords.TooEasy, match="first to be guessed"):
        passwords.check(password, EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "three words together",
        "a quiet river bank",
        "nur kleine buchstaben",
        "дождь по крыше",
        "tH8#kk2!pQzz",
        SAMPLE_PASSWORD,
        "quiet river " * 40,
    ],
)
def test_any_make_up_will_do_once_it_is_long_and_uncommon(password):
    passwords.check(password, EMAIL)


@pytest.mark.parametrize("password", ["", "short", "tH8#kk2!pQz", "👩‍👧👩‍👧"])
def test_fewer_than_twelve_characters_are_refused(password):
    with pytest.raises(passwords.TooEasy, match="12 characters or more"):
        passwords.check(password, EMAIL)
