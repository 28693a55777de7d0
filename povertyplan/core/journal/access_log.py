"""Reading of personal data is written down."""

from django.core.exceptions import ValidationError
from django.db import models

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import AccessEvent, Area, User
from povertyplan.core.text.vietnamese import normalise_text


@audit.business_act(label="Xem dữ liệu cá nhân")
def record_access(
    *, by: User, ward: Area, what: str, obj: models.Model, purpose: str
) -> AccessEvent:
    """Write down that `by` is shown or takes away personal data; refused without a purpose.

    Called before the data is handed out, once for each revealed value, list or file. `what` says
    in Vietnamese which data of whom, never the data itself.
    """
    purpose = normalise_text(purpose)
    if not purpose:
        raise ValidationError({"purpose": "Chọn mục đích xem dữ liệu."})
    return AccessEvent.objects.create(
        at=clock.now(),
        ward=ward,
        actor=by,
        what=what,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        purpose=purpose,
    )
