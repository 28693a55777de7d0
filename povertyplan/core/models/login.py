"""Tries to sign in, kept for an hour."""

from django.db import models


class LoginTry(models.Model):
    """One try of a password for an account name, whether or not such an account exists.

    `is_known` marks a try from a browser that has signed in to this account before. The try
    that gets the password right is taken away again. `with_code` marks a try of an owner whose
    name others have used up: it brings the code of the second factor with it. No business data, so
    no history.
    """

    username = models.CharField("Tên đăng nhập", max_length=150)
    address = models.CharField("Địa chỉ mạng", max_length=45)
    is_known = models.BooleanField("Thiết bị quen", default=False)
    with_code = models.BooleanField("Kèm mã xác thực", default=False)
    at = models.DateTimeField("Thời điểm", db_index=True)

    class Meta:
        verbose_name = "lần thử đăng nhập"
        ordering = ["at"]
        indexes = [models.Index(fields=["username", "at"], name="login_try_username")]

    def __str__(self):
        return f"{self.username}, {self.address}"
