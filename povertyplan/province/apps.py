from importlib import import_module

from django.apps import AppConfig


class ProvinceConfig(AppConfig):
    """No models: the invented province of the benchmarks, and its command."""

    name = "povertyplan.province"
    verbose_name = "Tỉnh giả định"

    def ready(self):
        import_module("povertyplan.province.making")  # names its acts
