"""The demonstration: a real ward's figures with invented people, the same from the same seed."""
