"""A foreign Word file, opened in a child process that may die instead of this one."""

import json
import subprocess
import tempfile
from typing import IO, cast

from povertyplan.core.platform.children import run_child
from reports.choices import WordPart
from reports.plans.word.reading import refusals
from reports.plans.word.reading.passages import Passage, WordReading
from reports.plans.word.reading.refusals import WordRefused

SECONDS = 30
CHILD = "reports.plans.word.reading.child"


def open_word(content: bytes, name: str) -> WordReading:
    """Read a file. Raises WordRefused with a sentence; never takes long or much memory."""
    # The name that the file came with is no word of a command line.
    named = "".join(filter(str.isprintable, name))[-120:]
    with tempfile.TemporaryFile() as file:
        file.write(content)
        with run_child(CHILD, named, source=file, answer=subprocess.PIPE, seconds=SECONDS) as child:
            line = cast(IO[bytes], child.process.stdout).readline()
            if not line.endswith(b"\n"):
                raise WordRefused(refusals.TOO_SLOW if child.is_late else refusals.TOO_HUNGRY)
    answer = json.loads(line)
    if "refused" in answer:
        raise WordRefused(answer["refused"])
    passages = (_passage(values) for values in answer["passages"])
    return WordReading(tuple(passages), tuple(answer["notes"]))


def _passage(values: dict) -> Passage:
    given = values | {"part": WordPart(values["part"]), "bookmarks": tuple(values["bookmarks"])}
    return Passage(**given)
