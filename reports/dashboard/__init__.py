"""What the leader's dashboard says (bảng điều hành): frozen values, no HTML.

It answers in order: where are we against the targets, which village lags, what waits for whom.
While a year has no recognised result it shows the latest year that has one, and says so.
"""

from .board import Dashboard, build_dashboard
from .outlook import villages_of_viewer

__all__ = ["Dashboard", "build_dashboard", "villages_of_viewer"]
