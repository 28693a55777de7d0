"""From a key to the paint that shows it, in the bulk entry: `python bench/grid_keys.py`.

Chromium at a quarter of its speed enters households of a village of 60 and of a village of 300,
ten keys a second. The browser itself says how long each key took until the next paint (Event
Timing, in steps of 8 ms); a key it does not report was painted within 16 ms and counts as 16.
Prints one JSON object a line: name, value, unit, peer, ratio, goal, holds, size. The peer is a
bare page of one text box that gets the same keys in the same run: what the browser and the
machine cost by themselves. Works on a throw-away SQLite file.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SCRATCH = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/bench.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyplan.settings")
os.environ.setdefault("SECRET_KEY", "demo-key-of-a-measurement")
os.environ.setdefault("POVERTYPLAN_DEMO", "1")
os.environ.setdefault("DEBUG", "1")
# The browser's driver keeps an event loop in this thread, where the ORM is used too.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django  # noqa: E402 - after the environment

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from households.models import PovertyCause  # noqa: E402
from povertyplan.core.choices import Role  # noqa: E402
from tests.factories.core import VillageFactory, WardFactory, user_with  # noqa: E402
from tests.factories.households import CampaignFactory  # noqa: E402
from tests.households.campaigns import pending_review  # noqa: E402
from tests.households.grids import grid_url  # noqa: E402

SMALL, LARGE = 60, 300
SLOWDOWN = 4
PAUSE = 100  # milliseconds between two keys
ENTERED = 30  # households typed in each village; the page holds sixty
SHORTEST = 16  # milliseconds; what took less is not reported
MEDIAN_GOAL, SLOW_GOAL, GROWTH_GOAL = 50, 100, 1.5
LINE = 175  # the urban standard's line of B1
WATCH = """() => {
    window.keyTimes = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (entry.name === "keydown") window.keyTimes.push(entry.duration);
        }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""


def main() -> None:
    call_command("migrate", verbosity=0)
    for number in range(1, 9):
        PovertyCause.objects.get_or_create(
            number=number, defaults={"name": f"Nguyên nhân {number}"}
        )
    ward = WardFactory(name="Phường Mẫu")
    user = user_with(Role.COORDINATOR, ward)
    villages = {size: VillageFactory(parent=ward, name=f"Thôn {size}") for size in (SMALL, LARGE)}
    campaign = CampaignFactory(ward=ward)
    for size, village in villages.items():
        for number in range(size):
            pending_review(campaign, village, head=f"Nguyễn Văn Hộ {number:03}")
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    times = {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            bare = measure_bare(browser)
            for size, village in villages.items():
                address = f"http://127.0.0.1:{server.port}{grid_url(campaign, village)}"
                times[size] = measure(browser, address, user)
            browser.close()
    finally:
        server.terminate()
    report(times, bare)


def measure(browser, address: str, user) -> list[float]:
    """Milliseconds from each key to its paint, while thirty households are typed in."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-grid][data-ready]")
    return typed(page)


def measure_bare(browser) -> list[float]:
    """The same keys in the one box of an empty page."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.set_content("<input autofocus>")
    return typed(page)


def typed(page) -> list[float]:
    page.evaluate(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    chance = random.Random(1)
    pressed = 0
    for _ in range(ENTERED):
        for key in keys_of(chance):
            page.keyboard.press(key)
            page.wait_for_timeout(PAUSE)
            pressed += 1
    page.wait_for_timeout(1000)
    reported = page.evaluate("window.keyTimes")
    page.context.close()
    return sorted([*reported, *[SHORTEST] * (pressed - len(reported))])


def keys_of(chance: random.Random) -> list[str]:
    """One household as typed on the numeric keypad: B1, codes, and causes where they are asked."""
    score = chance.randint(80, 230)
    lacking = sorted(chance.sample(range(1, 13), chance.randint(0, 5)))
    keys = [*str(score), "NumpadEnter", *(".".join(map(str, lacking)) or "0"), "NumpadEnter"]
    return [*keys, str(chance.randint(1, 8)), "NumpadEnter"] if score <= LINE else keys


def report(times: dict[int, list[float]], bare: list[float]) -> None:
    for size, sample in times.items():
        for words, percent, goal in (("median", 50, MEDIAN_GOAL), ("98 in 100", 98, SLOW_GOAL)):
            value, peer = share(sample, percent), share(bare, percent)
            say(f"key to paint, {words}", value, peer, f"<= {goal}", value <= goal, size)
    small, large = (share(times[size], 98) for size in (SMALL, LARGE))
    holds = large <= GROWTH_GOAL * small
    say("key to paint, large to small", large, small, f"<= {GROWTH_GOAL} x", holds, LARGE)


def share(sample: list[float], percent: int) -> float:
    """The time within which so many of a hundred keys were painted."""
    return sample[min(len(sample) * percent // 100, len(sample) - 1)]


def say(name, value, peer, goal, holds, size) -> None:
    facts = {
        "name": name,
        "value": round(value, 2),
        "unit": "ms",
        "peer": peer,
        "ratio": round(value / peer, 2) if peer else None,
        "goal": goal,
        "holds": holds,
        "size": size,
    }
    print(json.dumps(facts, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
