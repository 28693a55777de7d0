"""The code of a kind of support, as files and forms write it."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from povertyplan.core.text.fields import LineField

LONGEST_CODE = 29
CODE_SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE_FAULT = "Mã viết thường, không dấu, nối bằng “-”, dài nhất 29 ký tự."


class KindCodeField(LineField):
    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not CODE_SHAPE.fullmatch(value):
            raise ValidationError(CODE_FAULT)
