"""A child process by fork: what it costs to start Python thirty times is no part of a test."""

import contextlib
import os
import subprocess
import sys
import warnings

from povertyplan.core.platform import children


class ForkedProcess:
    """As much of a `Popen` as the callers of `run_child` ask for."""

    def __init__(self, pid, stdout):
        self.pid, self.stdout, self.code = pid, stdout, None

    def wait(self):
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code

    def kill(self):
        if self.code is None:
            os.kill(self.pid, 9)


@contextlib.contextmanager
def run_forked(module, *arguments, source, answer, seconds):
    """The `run_child` of a test; its limits of memory are those of the test itself."""
    __import__(module)
    source.seek(0)
    reading, writing = os.pipe() if answer == subprocess.PIPE else (None, answer.fileno())
    if not (pid := os.fork()):
        _become(module, arguments, source.fileno(), writing)
    if reading is not None:
        os.close(writing)
    process = ForkedProcess(pid, None if reading is None else os.fdopen(reading, "rb"))
    child = children.Child(process, seconds)
    try:
        yield child
    finally:
        child.timer.cancel()
        if process.stdout:
            process.stdout.close()
        process.kill()
        process.wait()


def _become(module, arguments, reading, writing):
    code = 1
    try:
        os.dup2(reading, 0)
        os.dup2(writing, 1)
        sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
        sys.argv = [module, *arguments]
        sys.modules[module].limit_this_process = lambda **limits: None
        warnings.simplefilter("ignore")  # as where no test makes errors of them
        sys.modules[module].main()
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)
