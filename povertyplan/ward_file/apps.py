from django.apps import AppConfig


class WardFileConfig(AppConfig):
    name = "povertyplan.ward_file"
    verbose_name = "Tệp cấu hình phường, xã"
