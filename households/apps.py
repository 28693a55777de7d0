from importlib import import_module

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "households"
    verbose_name = "Hộ gia đình"

    def ready(self):
        import_module("households.intake.jobs")  # names its long work
