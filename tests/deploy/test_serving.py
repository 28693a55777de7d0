"""The site and its worker beside each other, as `scripts/serve` runs them."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = """
set -euo pipefail
. scripts/_beside.sh
site() { exec sleep {site}; }
worker() { echo $BASHPID >>"$BEGUN"; exec {worker}; }
run_beside site worker
"""


@pytest.fixture
def begun(tmp_path):
    """The file to which each worker writes its number."""
    file = tmp_path / "begun"
    file.touch()
    return file


def serve(begun: Path, *, site: int, worker: str) -> subprocess.Popen:
    script = SCRIPT.replace("{site}", str(site)).replace("{worker}", worker)
    environment = os.environ | {"BEGUN": str(begun), "WORKER_PAUSE": "0.05"}
    return subprocess.Popen(
        ["bash", "-c", script],  # noqa: S607
        cwd=settings.BASE_DIR,
        env=environment,
    )


def wait_for(is_so, seconds=20):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "It did not come to this in time."
        time.sleep(0.05)


def is_running(number: str) -> bool:
    return Path(f"/proc/{number}").exists()


def test_a_worker_that_ends_is_begun_again_and_the_site_stays_up(begun):
    served = serve(begun, site=60, worker="false")
    try:
        wait_for(lambda: len(begun.read_text().split()) > 2)
        assert served.poll() is None
    finally:
        served.terminate()
        served.wait(timeout=20)


@pytest.mark.parametrize("ending", ["stopped", "by itself"])
def test_the_worker_ends_with_the_site(begun, ending):
    served = serve(begun, site=60 if ending == "stopped" else 1, worker="sleep 60")
    wait_for(lambda: begun.read_text().strip())
    (number,) = begun.read_text().split()
    assert is_running(number)

    if ending == "stopped":
        served.terminate()

    served.wait(timeout=20)
    wait_for(lambda: not is_running(number))
