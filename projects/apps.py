from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Dự án"

    def ready(self):
        from povertyplan.core.journal import acts

        acts.load_services(self.name)
        import_module("projects.programme.unit_uses")  # what uses a unit
        import_module("projects.support.household_page")  # what a household's page shows
        import_module("projects.gaps.household_page")  # and what it may still receive
        import_module("projects.gaps.related_page")  # what stands beside its needs
        import_module("projects.livelihoods.household_page")
        import_module("projects.money.project_page")  # what a project's page shows
        import_module("projects.gaps.project_page")
        import_module("projects.livelihoods.project_page")
        import_module("projects.targets.unit_uses")  # the same
