"""Giving a village of a review to a reviewer."""
