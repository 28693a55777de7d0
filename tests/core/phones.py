"""A phone that shows the codes of the second factor."""

import time
from binascii import unhexlify

from django_otp.oath import TOTP

CODE = "/login/code/"
KEY = "3132333435363738393031323334353637383930"


def code_of(key, steps=0):
    """What a phone with this key shows, some 30-second steps from now."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"
