"""Acts on accounts."""

from povertyplan.core import audit
from povertyplan.core.models import User


@audit.business_act
def change_own_password(*, password: str, by: User, source: str = "web") -> User:
    """Give `by` a new password that was checked already; every other session of theirs ends."""
    by.set_password(password)
    by.save(update_fields=["password"])
    audit.record(
        act="change_own_password",
        obj=by,
        summary=f"{by} đổi mật khẩu của mình.",
        by=by,
        ward=by.ward,
        source=source,
    )
    return by
