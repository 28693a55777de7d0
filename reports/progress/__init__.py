"""Progress reports: when they are due, what each unit writes, what the ward makes of it."""
