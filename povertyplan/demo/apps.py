from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No models: the invented people and history of the demonstration, and its command."""

    name = "povertyplan.demo"
    label = "demo"
    verbose_name = "Dữ liệu mẫu"
