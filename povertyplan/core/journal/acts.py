"""The acts of the business: services that are one transaction, and what the journal calls them.

The registry is whole once the apps are ready: each of them loads its services then.
"""

import pkgutil
from collections.abc import Callable
from functools import update_wrapper
from importlib import import_module
from typing import Any, Generic, TypeVar

from django.apps import apps

from povertyplan.core.journal import history

Result = TypeVar("Result")

WEB = "web"
SOURCE_LABELS = {
    WEB: "màn hình",
    "command": "lệnh quản trị",
    "import": "nhập từ tệp",
    "phone": "điện thoại",
    "demo": "dữ liệu mẫu",
}

_acts: dict[str, "BusinessAct[Any]"] = {}


class BusinessAct(Generic[Result]):
    """A service as one transaction whose row changes are signed by its `by` and its source.

    The caller may name a `source`, the door it came through ("command"); the service itself has
    no such parameter. Without one an act inside another has the source of that one, and the
    outermost writes from the web.
    """

    def __init__(self, service: Callable[..., Result], *, label: str, source: str) -> None:
        update_wrapper(self, service)
        self.service = service
        self.name = service.__name__
        self.label = label
        self.source = source

    @property
    def app(self) -> str:
        """Label of the app whose act it is; empty outside the apps."""
        config = apps.get_containing_app_config(self.__module__)
        return config.label if config else ""

    def __call__(self, *args: Any, source: str = "", **kwargs: Any) -> Result:
        source = source or history.current_source()
        with history.writing(
            by=kwargs.get("by"),
            act=self.name,
            source=source or WEB,
            line_source=source or self.source,
        ):
            return self.service(*args, **kwargs)


def register(act: BusinessAct[Any]) -> None:
    """Add an act to the registry. Raises ValueError for a name that another module uses."""
    other = _acts.get(act.name)
    if other is not None and other.__module__ != act.__module__:
        raise ValueError(f"{act.name} is an act of {other.__module__} and of {act.__module__}.")
    _acts[act.name] = act


def load_services(package: str) -> None:
    """Import the services of an app, so that its acts are registered."""
    path = import_module(package).__path__
    for module in pkgutil.walk_packages(path, prefix=f"{package}."):
        if "services" in module.name.split("."):
            import_module(module.name)


def registered_acts() -> dict[str, BusinessAct[Any]]:
    """Every act by its name."""
    return dict(_acts)


def label_of(name: str) -> str:
    """What the journal calls an act; empty for one that leaves no line, or that nobody knows."""
    act = _acts.get(name)
    return act.label if act else ""


def act_labels() -> dict[str, str]:
    """The labels of all acts that leave a line, by name; in the order of the labels."""
    labels = {name: act.label for name, act in _acts.items() if act.label}
    return dict(sorted(labels.items(), key=lambda item: (item[1], item[0])))
