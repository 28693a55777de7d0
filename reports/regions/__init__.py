"""Several wards together: what a province or a district of before July 2025 sees of its wards.

Every sum is one of the figures that the wards' own pages show, and opens them.
"""
