"""What the leader's dashboard says (bảng điều hành): frozen values, no HTML.

It answers in order: where are we against the targets, which village lags, what waits for whom.
While a year has no recognised result it shows the latest year that has one, and says so.
"""
