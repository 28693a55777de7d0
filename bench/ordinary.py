"""Measure 10: ordinary pages beside a bare Django page that asks as many questions; memory.

The bare page reads one row with each of its questions and fills a small template; it knows no user.
The memory is that of this process after a hundred requests to pages of every kind.
"""

from pathlib import Path

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from bench.shared.measuring import OFFICER, bare_site, cost_of, print_line, signed_in
from povertyplan.core.models import Area, User
from tests.journeys.every_page import pages_for
from tests.queries import questions

LEAST_SHARE, MOST_MEGABYTES, TIMES, REQUESTS = 0.60, 150, 10, 100
VIEWS = (
    "households:household_detail",
    "households:household_list",
    "households:review_grid",
    "reports:dashboard",
)
PAGE = """<!doctype html><title>{{ title }}</title><ul>
{% for each in rows %}<li>{{ each.name }}{% endfor %}</ul>"""


def bare_page(request, count):
    rows = [Area.objects.filter(pk=request.GET["area"]).first() for _ in range(count)]
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"title": "Trang", "rows": rows}))


def shares(client, pages):
    area = Area.objects.get(kind="province")
    for view in VIEWS:
        address = pages[view]
        own = cost_of(lambda address=address: client.get(address), times=TIMES)
        answer, asked = questions(lambda address=address: client.get(address))
        count = sum(asked.values())
        with bare_site(path("bare/<int:count>/", bare_page)) as bare:
            where = f"/bare/{count}/?area={area.pk}"
            peer = cost_of(lambda where=where: bare.get(where), times=TIMES)
        print_line(
            f"ordinary: {view}",
            value=own.total,
            unit="ms of processor a request",
            peer=peer.total,
            ratio=peer.total / own.total,
            goal=f"share of the bare page's requests >= {LEAST_SHARE}",
            holds=peer.total / own.total >= LEAST_SHARE,
            statements=count,
            python=round(own.python, 1),
            kilobytes=round(len(answer.content) / 1024),
        )


def memory_after(client, pages):
    addresses = list(pages.values())
    for number in range(REQUESTS):
        client.get(addresses[number % len(addresses)])
    used = resident_megabytes()
    print_line(
        "ordinary: memory of a worker",
        value=used,
        unit="MB",
        goal=f"<= {MOST_MEGABYTES} MB after {REQUESTS} requests",
        holds=used <= MOST_MEGABYTES,
        pages=len(addresses),
    )


def resident_megabytes():
    status = Path("/proc/self/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


def main():
    client, pages = signed_in(), pages_for(User.objects.get(username=OFFICER))
    memory_after(client, pages)
    shares(client, pages)


main()
