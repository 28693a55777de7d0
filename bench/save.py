"""Measure 1: saving one reviewed household, beside a bare view that writes the same rows.

The peer updates the row and writes one journal entry in one transaction, and its triggers keep the
history of both; it knows no user, no right, no form, no class and no chain.
"""

import json

from django.db import transaction
from django.db.models import F
from django.http import JsonResponse
from django.urls import path

from bench.shared.measuring import OFFICER, bare_site, cost_of, print_line, signed_in
from households.models import CampaignVillage, Review
from povertyplan.core import clock
from povertyplan.core.journal import chains
from povertyplan.core.models import AuditEvent, User
from tests.households.grids import message, send
from tests.journeys.every_page import open_campaign
from tests.queries import questions, repeated

TIMES = 60
LEAST_SHARE, MOST_STATEMENTS = 0.40, 18
TEXT = "sửa phiếu rà soát của hộ: B1 110 → 111, phân loại Hộ cận nghèo → Hộ cận nghèo"


def bare_save(request):
    sent = json.loads(request.body)
    with transaction.atomic():
        rows = Review.objects.filter(pk=sent["review"], version=sent["version"])
        rows.update(income_score=sent["values"]["score"], version=F("version") + 1)
        review = Review.objects.get(pk=sent["review"])
        AuditEvent.objects.create(
            at=clock.now(),
            act="record_review",
            object_type="households.review",
            object_id=review.pk,
            summary=TEXT,
            search_key=TEXT,
            ward_id=review.ward_id,
        )
    return JsonResponse({"version": review.version})


class Saving:
    """One household, saved again and again with another score."""

    def __init__(self, review, post):
        self.review, self.post, self.version, self.times = review, post, review.version, 0

    def __call__(self):
        self.times += 1
        content = message(
            self.review, version=self.version, score=100 + self.times % 50, deprivations=(5,)
        )
        answer = self.post(content)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code}: {answer.content[:300]!r}")
        self.version = answer.json()["version"]


def main():
    user = User.objects.get(username=OFFICER)
    open_villages = CampaignVillage.objects.visible_to(user).filter(
        campaign=open_campaign(user), finished_at=None
    )
    rows = Review.objects.filter(
        campaign=open_campaign(user),
        village__in=open_villages.values("village"),
        household__closed_on=None,
    )
    ours, theirs = rows.select_related("campaign", "village").order_by("pk")[:2]
    client = signed_in()
    saving = Saving(ours, lambda content: send(client, ours, content))
    chains.seal_waiting()
    own = cost_of(saving, times=TIMES)
    _answer, asked = questions(saving)
    send(client, theirs, message(theirs, score=100, deprivations=(5,)))  # entered, to be corrected
    theirs.refresh_from_db()
    with bare_site(path("save/", bare_save)) as bare:
        peer = cost_of(
            Saving(
                theirs,
                lambda content: bare.post(
                    "/save/", json.dumps(content), content_type="application/json"
                ),
            ),
            times=TIMES,
        )
    chains.seal_waiting()
    share, statements = peer.total / own.total, sum(asked.values())
    print_line(
        "save",
        value=own.total,
        unit="ms of processor a request",
        peer=peer.total,
        ratio=share,
        goal=f"share of the peer's requests >= {LEAST_SHARE}; <= {MOST_STATEMENTS} statements",
        holds=share >= LEAST_SHARE and statements <= MOST_STATEMENTS,
        statements=statements,
        repeated=sum(repeated(asked).values()),
        python=[round(own.python, 1), round(peer.python, 1)],
        database=[round(own.database, 1), round(peer.database, 1)],
    )


main()
