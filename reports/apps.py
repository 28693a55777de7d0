from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        from povertyplan.core.journal import acts

        import_module("reports.papers.jobs")  # names its long work
        import_module("reports.tables.jobs")  # names its long work
        import_module("reports.plans.amending.jobs")  # names its standing work
        # Before that of documents: the order in which both are held when a unit ends.
        import_module("reports.progress.unit_reports.unit_uses")
        plans = (
            *("basis_proposals", "checking", "drafting", "library", "returned", "versions"),
            "word",
        )
        for noun in ("plans", *(f"plans.{noun}" for noun in plans)):
            import_module(f"reports.{noun}.services")  # names its acts
        # Not those of the whole app: to look for them would load what prints.
        plans = ("amending", "frame", "proposing", "reviewing", "word.data", "writing")
        nouns = (*(f"plans.{noun}" for noun in plans), "progress", "supervision", "targets", "todo")
        for noun in nouns:
            acts.load_services(f"reports.{noun}")
        import_module("reports.plans.unit_uses")  # what uses a unit
        import_module("reports.supervision.unit_uses")  # the same
        import_module("reports.supervision.household_page")  # what a household's page shows
        import_module("reports.print_history")  # names its act
