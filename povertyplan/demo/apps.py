from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No models: the invented people and history of the demonstration, and its commands."""

    name = "povertyplan.demo"
    label = "demo"
    verbose_name = "Dữ liệu mẫu"

    def ready(self):
        from povertyplan.core.journal import acts

        acts.load_services(self.name)
