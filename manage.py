#!/usr/bin/env python
"""Run Django's administrative commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyplan.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from povertyplan import starting

    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        if sentence := starting.unreachable_database():
            starting.refuse(sentence)
        raise
