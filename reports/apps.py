from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        import_module("reports.papers.jobs")  # names its long work
        for noun in ("plans", "plans.drafting", "plans.writing"):
            import_module(f"reports.{noun}.services")  # names its acts
        import_module("reports.plans.unit_uses")  # what uses a unit
        import_module("reports.print_history")  # names its act
