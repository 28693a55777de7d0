"""The child process that opens a foreign Word file: `python -m` this module, `NAME < FILE`.

Writes one line of JSON: what was read, or {"refused": sentence}. A child that was killed says
neither.
"""

import json
import sys
from dataclasses import asdict

from povertyplan.core.platform.children import limit_this_process
from reports.plans.word.reading import refusals
from reports.plans.word.reading.package import LARGEST_FILE_MB
from reports.plans.word.reading.passages import read_word
from reports.plans.word.reading.refusals import WordRefused

PROCESSOR_SECONDS = 9


def main() -> None:
    limit_this_process(processor_seconds=PROCESSOR_SECONDS)
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE_MB * 1024 * 1024 + 1)
        _say(asdict(read_word(content, sys.argv[1])))
    except WordRefused as refused:
        _say({"refused": str(refused)})
    except MemoryError:
        _say({"refused": refusals.TOO_HUNGRY})
    except Exception:
        # Damaged files raise whatever their damage meets.
        _say({"refused": refusals.BROKEN})


def _say(answer: dict) -> None:
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    main()
