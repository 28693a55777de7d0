"""The site's own pages: signing in, people, settings, journal, locks."""

from collections.abc import Callable
from uuid import uuid4

from povertyplan.core.models import User
from tests.access.patterns.addresses import FORM_KEY, REASON
from tests.access.patterns.pattern import (
    FORM,
    FORM_WITHOUT_HEAD,
    MISSING,
    POST_ALONE,
    Address,
    Pattern,
    Place,
)
from tests.factories.core import PASSWORD


def _unit(place: Place) -> Address:
    return {"pk": place.ward.unit.pk}


def _user(place: Place) -> Address:
    return {"pk": place.ward.officer.pk}


def _grant(place: Place) -> Address:
    return _user(place) | {"grant_pk": place.ward.officer.grants.earliest("pk").pk}


def _user_version(**more) -> Callable[[Place], dict]:
    return lambda place: {"version": User.objects.get(pk=place.ward.officer.pk).version, **more}


def _role(**more) -> Callable[[Place], dict]:
    """An observer's role in the place's ward, and the version of the user it may be given to."""

    def payload(place: Place) -> dict:
        given = {"role": "observer", "area": place.ward.area.pk, "valid_from": "20/11/2026"}
        return given | {"key": FORM_KEY} | more

    return payload


WARD = {
    "province_code": "51",
    "province_name": "Tỉnh Mới",
    "code": "23284",
    "name": "Phường Mới",
    "setting": "urban",
}


CORE: dict[str, Pattern] = {
    "core:home": Pattern(status=302, shows=False),
    "core:login": Pattern(
        methods=frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"}), shows=False
    ),
    "core:login_code": Pattern(methods=FORM_WITHOUT_HEAD, status=302, shows=False),
    "core:logout": Pattern(methods=frozenset({"POST", "OPTIONS"}), shows=False),
    # A key of nobody: whose form comes back to whom is tested with the sessions.
    "core:kept_form": Pattern(
        methods=FORM, address=lambda place: {"key": uuid4()}, status=404, posted=404, shows=False
    ),
    # A job of nobody: who sees whose work is tested with the jobs.
    "core:job_detail": Pattern(address=lambda place: {"pk": MISSING}, status=404, shows=False),
    "core:job_file": Pattern(address=lambda place: {"pk": MISSING}, status=404, shows=False),
    "core:job_restart": Pattern(
        methods=POST_ALONE, address=lambda place: {"pk": MISSING}, posted=404, shows=False
    ),
    "core:password_change": Pattern(methods=FORM_WITHOUT_HEAD, posted=200, shows=False),
    "core:second_factor": Pattern(methods=FORM_WITHOUT_HEAD, posted=200, shows=False),
    "core:healthz": Pattern(shows=False),
    "core:styleguide": Pattern(shows=False, is_invented=True),
    "core:audit_list": Pattern(),
    "core:audit_detail": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.events["plain"].pk}
    ),
    "core:access_list": Pattern(),
    "core:settings_list": Pattern(shows=False),
    # Wards exist: nobody of this world may set up the first one.
    "core:ward_new": Pattern(
        methods=FORM,
        payload=lambda place: WARD | {"key": FORM_KEY},
        status=403,
        posted=422,
        shows=False,
    ),
    "core:ward_detail": Pattern(),
    # The reason is missing, which each keeper of a ward is told.
    "core:ward_edit": Pattern(methods=FORM, payload=lambda place: WARD, posted=422),
    "core:period_list": Pattern(),
    "core:period_lock": Pattern(
        methods=FORM, payload=lambda place: {"period": "2022", "reason": "Đã báo cáo"}
    ),
    "core:period_release": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.lock.pk},
        payload=lambda place: REASON,
    ),
    "core:unit_list": Pattern(),
    "core:unit_detail": Pattern(reach="ward", address=_unit),
    "core:unit_new": Pattern(
        methods=FORM,
        payload=lambda place: {"name": "Phòng Mới", "kind": "department", "key": FORM_KEY},
    ),
    "core:unit_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Phòng Mới", "kind": "department", "key": FORM_KEY},
        shows=False,
    ),
    "core:unit_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit,
        payload=lambda place: {
            "version": place.ward.unit.version,
            "name": "Phòng Mới",
            "kind": "department",
            **REASON,
        },
    ),
    "core:unit_end": Pattern(
        # It leads projects and nothing takes over: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_unit,
        payload=lambda place: {
            "version": place.ward.unit.version,
            "last_day": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "core:user_list": Pattern(),
    "core:user_detail": Pattern(reach="ward", address=_user),
    # The area is one of the first ward: to the administrator of another it is none of theirs.
    "core:user_new": Pattern(
        methods=FORM,
        payload=_role(full_name="Người Mới", username="nguoi.moi", area=""),
        posted=422,
    ),
    "core:role_grant": Pattern(
        methods=FORM,
        reach="ward",
        address=_user,
        payload=lambda place: _user_version()(place) | _role()(place),
    ),
    "core:role_end": Pattern(
        methods=FORM, reach="ward", address=_grant, payload=_user_version(last_day="30/11/2026")
    ),
    "core:password_issue": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(), posted=200
    ),
    # The officer has no second factor and is not disabled: the form is answered with that.
    "core:device_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_user,
        payload=_user_version(**REASON, own_password=PASSWORD),
        posted=422,
    ),
    "core:user_disable": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(**REASON)
    ),
    "core:user_enable": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(), posted=422
    ),
}
