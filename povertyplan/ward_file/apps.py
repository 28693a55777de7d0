from importlib import import_module

from django.apps import AppConfig


class WardFileConfig(AppConfig):
    name = "povertyplan.ward_file"
    verbose_name = "Tệp cấu hình phường, xã"

    def ready(self):
        import_module("povertyplan.ward_file.loading")  # names its act
