"""Somebody who sends log-ins without pause, from a process of their own."""

import http.client
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "t" * 32
# Clients of one process share one core; two do not keep each other from sending.
PROCESSES = 2


@dataclass
class Flood:
    """What the attackers were answered, once they have stopped."""

    answers: Counter = field(default_factory=Counter)


@contextmanager
def flooding(port: int, attackers: int, name: str) -> Iterator[Flood]:
    """Attackers who try one name, or invented ones where it is empty, for as long as it lasts."""
    context, flood = multiprocessing.get_context("spawn"), Flood()
    over, told = context.Event(), context.Queue()
    share = attackers // PROCESSES
    processes = [
        context.Process(target=attack, args=(port, share, number, name, over, told))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    try:
        for _ in processes:
            assert told.get(timeout=60) == "begun"
        yield flood
    finally:
        over.set()
        for _ in processes:
            flood.answers += told.get(timeout=60)
        for process in processes:
            process.join()


def attack(port, clients, number, name, over, told) -> None:
    """Send log-ins from so many clients at once; each comes from an address of its own."""

    def one(client):
        answers: Counter = Counter()
        while not over.is_set():
            username = name or f"bia-dat-{number}-{client}-{answers.total()}"
            answers[_try(port, f"10.{number}.0.{client}", username)] += 1
        return answers

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(one, client) for client in range(clients)]
        time.sleep(1)  # the first of a flood cost most
        told.put("begun")
        told.put(sum((each.result() for each in running), Counter()))


def _try(port: int, address: str, username: str) -> int:
    body = urlencode(
        {"username": username, "password": "sai-mat-khau", "csrfmiddlewaretoken": TOKEN}
    )
    headers = {
        "Cookie": f"csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": address,
    }
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        caller.request("POST", "/login/", body, headers)
        response = caller.getresponse()
        response.read()
    finally:
        caller.close()
    return response.status
