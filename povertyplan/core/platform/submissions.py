"""A creating form makes its record once, however often it is sent.

The form carries a random key from the moment it is shown. The key is unique in the database: of
several simultaneous posts one inserts it, the others wait for it and get the same record.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from povertyplan.core import clock
from povertyplan.core.models import Submission, User

Record = TypeVar("Record", bound=models.Model)

OTHER_CONTENT = (
    "Biểu mẫu này đã được gửi với nội dung khác. Tải lại trang để xem kết quả đã ghi rồi nhập tiếp."
)
GONE = "Hồ sơ ghi từ biểu mẫu này đã được bỏ. Tải lại trang rồi nhập lại."
MISSING_KEY = "Biểu mẫu thiếu mã gửi. Tải lại trang rồi nhập lại."


class SubmissionKeyField(forms.CharField):
    """The hidden key of a creating form, made when the form is shown."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(
            initial=lambda: str(uuid4()), error_messages={"required": MISSING_KEY}, **kwargs
        )

    def clean(self, value):
        text = super().clean(value)
        try:
            return str(UUID(text))
        except ValueError:
            raise ValidationError(MISSING_KEY, code="key") from None


@transaction.atomic
def once(
    *,
    key: str | None,
    act: str,
    content: Mapping[str, object],
    model: type[Record],
    create: Callable[[], Record],
    by: User | None,
) -> Record:
    """Run `create` for a key that is new; return the first record for one that is not.

    A command has neither form nor key nor user: each call creates.

    Raises ValidationError when the key came with other content, another act or another user, and
    when what it made was taken away since.
    """
    if key is None or by is None:
        return create()
    digest = hashlib.sha256(
        json.dumps(content, sort_keys=True, default=str, ensure_ascii=False).encode()
    ).hexdigest()
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                key=key, user=by, act=act, digest=digest, at=clock.now()
            )
    except IntegrityError:
        earlier = Submission.objects.get(key=key)
        if (earlier.user_id, earlier.act, earlier.digest) != (by.pk, act, digest):
            raise ValidationError(OTHER_CONTENT, code="submission") from None
        record = model._base_manager.filter(pk=earlier.object_id).first()
        if record is None:
            raise ValidationError(GONE, code="submission") from None
        return record
    record = create()
    submission.object_id = record.pk
    submission.save(update_fields=["object_id"])
    return record


def was_sent(key: str, *, by: User) -> bool:
    """Whether this user's form with the key made its record already."""
    return Submission.objects.filter(key=key, user=by).exists()
