"""Every figure by its name: one function a figure, for dashboard, plan, report and ward file.

The names are those of `data_fields`; a figure that cannot be known has no value and says why.
Figures of a year are those of 31 December; before that day a year has figures only once its
results are recognised.
"""
