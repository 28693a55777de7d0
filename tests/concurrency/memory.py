"""The memory of a server's processes and of the children they start, in megabytes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.02


@dataclass
class ServerMemory:
    """The processes of gunicorn at a port that answer, and the most that a child of theirs had."""

    workers: list[int]
    children: set[int] = field(default_factory=set)
    largest_child: int = 0
    known: set[int] = field(default_factory=set)

    def now(self) -> list[int]:
        return [read_memory(worker, "VmRSS") for worker in self.workers]

    def look(self) -> None:
        numbers = _numbers()
        fresh = numbers - self.known
        self.children |= {number for number in fresh if _parent_of(number) in self.workers}
        self.known = numbers
        for child in self.children & numbers:
            # Between fork and exec a child is a copy of the worker, and no child of ours.
            if "gunicorn" not in _command_of(child):
                self.largest_child = max(self.largest_child, read_memory(child, "VmHWM"))


@contextmanager
def watching_memory(port: int) -> Iterator[ServerMemory]:
    """Look at the memory of a server's processes for as long as it lasts."""
    memory, over = ServerMemory(_workers_at(port)), threading.Event()

    def look():
        while not over.wait(EVERY):
            memory.look()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()


def read_memory(process: int, what: str) -> int:
    """A line of the process's own account of its memory; 0 once it has ended."""
    for line in _read(PROC / str(process) / "status").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) // 1024
    return 0


def _workers_at(port: int) -> list[int]:
    """The processes of the server but the first one, which only minds the others."""
    server = {number for number in _numbers() if f"127.0.0.1:{port}" in _command_of(number)}
    return sorted(number for number in server if _parent_of(number) in server)


def _numbers() -> set[int]:
    return {int(each.name) for each in PROC.iterdir() if each.name.isdigit()}


def _parent_of(process: int) -> int:
    # The name of the program stands in brackets and may hold anything.
    words = _read(PROC / str(process) / "stat").rpartition(")")[2].split()
    return int(words[1]) if words else 0


def _command_of(process: int) -> str:
    return _read(PROC / str(process) / "cmdline").replace("\0", " ")


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
