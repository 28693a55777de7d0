"""Addresses and messages of the bulk entry, for its tests."""

import json

from django.urls import reverse


def grid_url(campaign, village, name="review_grid"):
    return reverse(f"households:{name}", args=[campaign.pk, village.pk])


def message(review, *, version=None, score=110, deprivations=(5, 9), causes=(), **more):
    """What the script sends for one household."""
    return {
        "review": review.pk,
        "version": review.version if version is None else version,
        "sequence": 1,
        "values": {
            "score": score,
            "deprivations": list(deprivations),
            "causes": list(causes),
        },
        **more,
    }


def remark_message(review, *, version=None, **remark):
    """What the script sends of a household that has a note or a flag and no answers yet."""
    values = {"score": None, "deprivations": None, "causes": [], **remark}
    return {**message(review, version=version), "values": values}


def send(client, review, content=None, **changes):
    """Post one message to the review's village; the response."""
    content = message(review, **changes) if content is None else content
    address = grid_url(review.campaign, review.village, "review_grid_save")
    return client.post(address, json.dumps(content), content_type="application/json")


def line(review, *, score="110", code="5 9", causes="", boxes=(), version=None, note=None, flag=""):
    """One household's part of the plain form; without `note` the part has no note and flag."""
    pk = review.pk
    remark = {} if note is None else {f"n{pk}": note, **({f"f{pk}": flag} if flag else {})}
    return {
        **remark,
        f"v{pk}": str(review.version if version is None else version),
        f"s{pk}": score,
        f"q{pk}": code,
        f"c{pk}": causes,
        f"b{pk}": [str(number) for number in boxes],
    }
