"""Test data without surprises: each factory makes the least that is valid, people by role."""
