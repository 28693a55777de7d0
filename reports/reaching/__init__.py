"""What would reach a target: households by distance, what removes what holds them, who does it.

Advice only: nothing here changes a class.
"""
