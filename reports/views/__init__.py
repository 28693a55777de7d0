"""The pages of reports: dashboard, to-do list, targets, documents."""
