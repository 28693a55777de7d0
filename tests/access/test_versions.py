"""Every form that edits carries the version it was opened with; without the right one it fails."""

import pytest
from django.test import Client

from tests.access.cells import Cell, url
from tests.access.driver import snapshot
from tests.access.patterns import PATTERNS, places

pytestmark = pytest.mark.alike

ENTITLED = {
    "core:unit_edit": "administrator",
    "core:role_grant": "administrator",
    "core:role_end": "administrator",
    "core:user_disable": "administrator",
    "households:campaign_submit": "coordinator",
    "households:campaign_recognise": "leader",
    "households:campaign_return": "leader",
    "households:campaign_cancel": "leader",
    "households:campaign_cancel_decide": "leader",
    "households:campaign_reopen": "leader",
    "households:village_finish": "village head",
    "households:village_reopen": "coordinator",
    "households:village_reviewer": "coordinator",
    "households:request_link": "village head",
    "households:request_close": "village head",
    "households:review_edit": "village head",
    "households:population_edit": "administrator",
    "households:population_remove": "administrator",
    "households:village_edit": "administrator",
    "households:household_edit": "coordinator",
    "households:household_split": "coordinator",
    "households:household_close": "coordinator",
    "households:household_village": "coordinator",
    "households:head_change": "coordinator",
    "households:event_correct": "coordinator",
    "households:member_add": "coordinator",
    "households:birth_add": "coordinator",
    "households:member_edit": "coordinator",
    "households:member_move": "coordinator",
    "households:member_leave": "coordinator",
    "households:number_settle": "coordinator",
    "households:need_end": "village head",
    "households:worker_end": "coordinator",
    "households:pledge_edit": "village head",
    "households:pledge_withdraw": "village head",
    "households:helper_end": "coordinator",
    "households:visit_withdraw": "village head",
    "households:need_kind_edit": "administrator",
    "households:import_preview": "coordinator",
    "households:import_rows": "coordinator",
    "projects:handover_send": "coordinator",
    "projects:handover_answer": "coordinator",
    "projects:publication_withdraw": "coordinator",
    "projects:support_withdraw": "coordinator",
    "reports:actual_edit": "coordinator",
    "projects:activity_edit": "coordinator",
    "projects:activity_report": "coordinator",
    "projects:activity_remove": "coordinator",
    "projects:livelihood_edit": "coordinator",
    "projects:duty_end": "coordinator",
    "projects:livelihood_stop": "coordinator",
    "projects:livelihood_step_withdraw": "coordinator",
    "projects:livelihood_member_end": "coordinator",
    "projects:project_edit": "coordinator",
    "projects:project_leave": "coordinator",
    "reports:indicator_edit": "coordinator",
    "reports:rule_edit": "coordinator",
    "reports:finding_answer": "unit reporter",
    "reports:finding_withdraw": "observer",
    "reports:indicator_table_edit": "coordinator",
    "reports:period_consolidate": "coordinator",
    "reports:unit_report_fill": "unit reporter",
    "reports:unit_report_write": "unit reporter",
    "reports:unit_report_check": "unit reporter",
    "reports:due_sent": "coordinator",
    "reports:village_part": "village head",
    "reports:village_part_record": "coordinator",
    "reports:unit_report_receive": "coordinator",
    "reports:unit_report_return": "coordinator",
    "reports:plan_word_discard": "coordinator",
    "reports:document_heading": "coordinator",
    "reports:document_bases": "coordinator",
    "reports:document_duties": "coordinator",
    "reports:document_recipients": "coordinator",
    "reports:document_submit": "coordinator",
    "reports:document_issue": "leader",
    "reports:document_return": "leader",
    "reports:document_abolish": "leader",
    "reports:document_ask": "coordinator",
    "reports:document_proposals": "coordinator",
    "reports:document_basis_proposals": "coordinator",
    "reports:legal_edit": "coordinator",
}
WRONG = {
    "missing": None,
    "empty": "",
    "old": -1,
    "future": +1,
    "text": "một",
    "huge": 2**70,
    "negative": "-5",
}


def versioned(world) -> set[str]:
    """The forms that carry a version and that the world lets pass."""
    own = places(world)["own"]
    return {
        view
        for view, pattern in PATTERNS.items()
        if pattern.posted == 302 and "version" in pattern.payload(own)
    }


def sent(world, view, wrong):
    """The form of a view as it should be, but for its version."""
    values = PATTERNS[view].payload(places(world)["own"])
    version = values.pop("version")
    if wrong == "missing":
        return values
    if wrong in ("old", "future"):
        return values | {"version": version + WRONG[wrong]}
    return values | {"version": WRONG[wrong]}


def post(world, view, values):
    client = Client()
    client.force_login(world.users[ENTITLED[view]])
    # A browser always sends the token along, so that no form comes empty.
    values = {"csrfmiddlewaretoken": "x", **values}
    return client.post(url(world, Cell(view, ENTITLED[view], "own", "POST", "plain")), values)


def test_every_form_with_a_version_is_tried(world):
    assert versioned(world) == set(ENTITLED)


# An old version would overwrite what somebody saved meanwhile; the others are of no form.
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(wrong, marks=() if wrong == "old" else pytest.mark.drawn(one_of=3))
        for wrong in WRONG
    ],
)
def test_a_wrong_version_changes_nothing(world, wrong):
    before = snapshot()
    for view in ENTITLED:
        response = post(world, view, sent(world, view, wrong))

        # A page of errors, or of both sides where somebody saved in between.
        assert response.status_code in (409, 422), (view, wrong)
    assert snapshot() == before


@pytest.mark.drawn(one_of=3)
@pytest.mark.parametrize("view", ENTITLED)
def test_the_right_version_is_accepted(world, view):
    values = PATTERNS[view].payload(places(world)["own"])
    before = snapshot()

    assert post(world, view, values).status_code == 302
    assert snapshot() != before
