"""Commands as the documentation prints them."""

import shlex
import sys

from django.conf import settings


def documented_command(source, copy) -> list[str]:
    """The backup command as it is printed, with other files."""
    text = (settings.BASE_DIR / "docs" / "backup.md").read_text("utf-8")
    start = text.index("    .venv/bin/python -c")
    command = text[start : text.index("\n\n", start)].replace("\\\n", " ")
    python, *options = shlex.split(command)[:-2]
    assert python == ".venv/bin/python"
    return [sys.executable, *options, str(source), str(copy)]
