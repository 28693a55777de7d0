"""Work on foreign files in a child process: it may run out of memory or time instead of the site.

The child is a module of ours, run with `python -m`; it reads a file on standard input and writes to
standard output. `limit_this_process` is what it calls first.
"""

import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[3]
ADDRESS_SPACE = 400 * 1024 * 1024  # code and libraries take a quarter of it


class Child:
    """A running child; `is_late` says afterwards whether one of its limits of time ended it."""

    def __init__(self, process: subprocess.Popen, seconds: float):
        self.process = process
        self.timer = threading.Timer(seconds, process.kill)
        self.timer.start()

    @property
    def is_late(self) -> bool:
        return self.timer.finished.is_set() or self.process.wait() == -signal.SIGXCPU


@contextmanager
def run_child(
    module: str, *arguments: str, source: IO[bytes], answer: IO[bytes] | int, seconds: float
) -> Iterator[Child]:
    """Run a module over a file; `answer` is where it writes, or `subprocess.PIPE`.

    `seconds` by the wall end it in any case, and so does leaving the block. What it keeps in files
    of its own goes with it.
    """
    source.seek(0)
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own module; the file comes on standard input
            [sys.executable, "-m", module, *arguments],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            env={"PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2", "TMPDIR": folder},
        )
        child = Child(process, seconds)
        try:
            yield child
        finally:
            child.timer.cancel()
            process.kill()
            if process.stdout:
                process.stdout.close()
            process.wait()


def limit_this_process(*, processor_seconds: int) -> None:
    """Let memory and processor time of a child end, by the system and for good."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    # The first limit says why it ended the process, the second only kills it.
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
